package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EgressAddressesTest {

    private static EgressAddresses egress(String... addresses) {
        return EgressAddresses.of(
                Stream.of(addresses).map(EgressAddressesTest::address).toList());
    }

    private static InetAddress address(String literal) {
        return Addresses.parse(literal).orElseThrow();
    }

    @Test
    void eachFamilyHasItsAddress() {
        EgressAddresses both = egress("2001:db8::10", "192.0.2.10");
        assertThat(both.localFor(address("198.51.100.1"))).isEqualTo(new InetSocketAddress(address("192.0.2.10"), 0));
        assertThat(both.localFor(address("2001:db8::1"))).isEqualTo(new InetSocketAddress(address("2001:db8::10"), 0));
    }

    @Test
    void forAFamilyWithoutOneTheSystemChooses() {
        assertThat(egress("192.0.2.10").localFor(address("2001:db8::1"))).isNull();
        assertThat(egress("2001:db8::10").localFor(address("192.0.2.1"))).isNull();
        assertThat(EgressAddresses.of(List.of())).isEqualTo(EgressAddresses.ANY);
    }

    @Test
    void twoOfAFamilyAreAnError() {
        assertThatThrownBy(() -> egress("192.0.2.10", "192.0.2.11"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192.0.2.11");
    }
}
