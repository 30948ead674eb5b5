package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnListenersTest {

    private final OwnListeners listeners = new OwnListeners();

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    private void listen(String name, String address, int port) {
        listeners.add(name, new InetSocketAddress(address(address), port));
    }

    @Test
    void oneAddress() {
        listen("public", "127.0.0.1", 1_080);
        assertThat(listeners.test(address("127.0.0.1"), 1_080)).isTrue();
        assertThat(listeners.test(address("127.0.0.1"), 1_081)).isFalse();
        assertThat(listeners.test(address("127.0.0.2"), 1_080)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void theUnspecifiedAddressStandsForAllOfThisMachine(String any) {
        listen("public", any, 1_080);
        assertThat(listeners.test(address("127.0.0.1"), 1_080)).isTrue();
        assertThat(listeners.test(address("0.0.0.0"), 1_080)).isTrue();
        assertThat(listeners.test(address("::"), 1_080)).isTrue();
        assertThat(listeners.test(address("192.0.2.250"), 1_080)).isFalse();
        assertThat(listeners.test(address("127.0.0.1"), 1_081)).isFalse();
    }

    @Test
    void aListenerThatMovesIsWhereItIsNow() {
        listen("public", "127.0.0.1", 1_080);
        listen("public", "127.0.0.1", 1_081);
        assertThat(listeners.test(address("127.0.0.1"), 1_080)).isFalse();
        assertThat(listeners.test(address("127.0.0.1"), 1_081)).isTrue();
        assertThat(listeners.bound()).containsOnlyKeys("public");
    }

    @Test
    void portsAboveTheIntegerCache() {
        listen("public", "127.0.0.1", 40_000);
        assertThat(listeners.test(address("127.0.0.1"), Integer.valueOf(40_000)))
                .isTrue();
    }
}
