package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.testkit.Hex;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private final Targets targets = new Targets();

    @Test
    void anAddressIsFoundByItsOctets() {
        Target v4 = targets.of(at("192.0.2.1", 53));
        Target v6 = targets.of(at("2001:db8::1", 53));

        assertThat(targets.find(at("192.0.2.1", 53))).isSameAs(v4);
        assertThat(targets.of(at("192.0.2.1", 53))).isSameAs(v4);
        assertThat(targets.find(at("2001:db8::1", 53))).isSameAs(v6);
        assertThat(targets.find(0, 0xFFFF_C000_0201L, 53)).isSameAs(v4);
        assertThat(targets.find(0x2001_0DB8_0000_0000L, 1, 53)).isSameAs(v6);
        assertThat(targets.find(at("192.0.2.1", 54))).isNull();
        assertThat(targets.find(at("192.0.2.2", 53))).isNull();
        assertThat(v4.isV6()).isFalse();
        assertThat(v6.isV6()).isTrue();
        assertThat(Hex.text(v4.header())).isEqualTo("00 00 00 01 c0 00 02 01 00 35");
    }

    @Test
    void theLeastUsedMakesRoom() {
        Target first = targets.of(at("192.0.2.1", 1));
        Target second = targets.of(at("192.0.2.1", 2));
        for (int port = 3; port <= Targets.LIMIT; port++) {
            assertThat(targets.of(at("192.0.2.1", port))).isNotNull();
        }
        assertThat(targets.find(at("192.0.2.1", 1))).isSameAs(first);

        assertThat(targets.of(at("192.0.2.1", Targets.LIMIT + 1))).isNotNull();

        assertThat(targets.find(at("192.0.2.1", 1))).isSameAs(first);
        assertThat(targets.find(at("192.0.2.1", 2))).isNull();
        assertThat(targets.keep(second)).isSameAs(second);
        assertThat(targets.find(at("192.0.2.1", 2))).isSameAs(second);
    }

    @Test
    void keysOfOneNetworkSpreadWell() {
        long distinct = java.util.stream.IntStream.range(0, 4_096)
                .map(i -> new Target.Key()
                                .set(0, 0xFFFF_0A00_0000L + i / 16, 1_024 + i % 16)
                                .hashCode()
                        >>> 4)
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(4_000);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(Addresses.parse(address).orElseThrow(), port);
    }
}
