package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What needs no route to be known; {@link BindIT} has the rest. */
class BindAddressesTest {

    private static final InetAddress CLIENT_SIDE = address("198.51.100.1");

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    private static BindAddresses binds(@Nullable String advertised, String... egress) {
        return new BindAddresses(
                Stream.of(egress).map(BindAddressesTest::address).toList(),
                advertised == null ? null : address(advertised),
                NioServerSocketChannel::new);
    }

    @Test
    void listensOnTheConfiguredAddressOfThePeersFamily() throws Exception {
        BindAddresses binds = binds(null, "192.0.2.1", "2001:db8::1");
        assertThat(binds.localFor(List.of(address("203.0.113.9")), CLIENT_SIDE)).isEqualTo(address("192.0.2.1"));
        assertThat(binds.localFor(List.of(address("2001:db8::9")), CLIENT_SIDE)).isEqualTo(address("2001:db8::1"));
        assertThat(binds.localFor(List.of(address("::")), CLIENT_SIDE)).isEqualTo(address("2001:db8::1"));
    }

    @Test
    void forAnyPeerListensWhereTheClientHasReachedUsUnlessConfigured() throws Exception {
        List<InetAddress> any = List.of(address("0.0.0.0"));
        assertThat(binds(null).localFor(any, CLIENT_SIDE)).isEqualTo(CLIENT_SIDE);
        assertThat(binds(null).localFor(List.of(address("::")), CLIENT_SIDE)).isEqualTo(CLIENT_SIDE);
        assertThat(binds(null, "2001:db8::1").localFor(any, CLIENT_SIDE)).isEqualTo(address("2001:db8::1"));
    }

    @Test
    void tellsTheAdvertisedAddressIfItsFamilyFits() {
        InetSocketAddress four = new InetSocketAddress(address("192.0.2.1"), 4_711);
        InetSocketAddress six = new InetSocketAddress(address("2001:db8::1"), 4_711);
        BindAddresses binds = binds("203.0.113.7");
        assertThat(binds.told(four)).isEqualTo(new InetSocketAddress(address("203.0.113.7"), 4_711));
        assertThat(binds.told(six)).isEqualTo(six);
    }
}
