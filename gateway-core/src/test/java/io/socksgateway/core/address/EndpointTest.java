package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:0", "[2001:db8::1]:65535", "example.com:443"})
    void printsSoThatThePortIsUnmistakable(String text) {
        int colon = text.lastIndexOf(':');
        Host host = HostNames.parse(text.substring(0, colon)).orElseThrow();
        assertThat(new Endpoint(host, Integer.parseInt(text.substring(colon + 1))))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refusesOtherPorts(int port) {
        assertThatThrownBy(() -> new Endpoint(new Host.Name("a"), port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: " + port + " (expected: 0..65535)");
    }

    @Test
    void ofSocketAddress() {
        InetSocketAddress address =
                new InetSocketAddress(Addresses.parse("192.0.2.1").orElseThrow(), 7);
        assertThat(Endpoint.of(address)).isEqualTo(Endpoint.of(address.getAddress(), 7));
    }
}
