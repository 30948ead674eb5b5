package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientSenderTest {

    private static final InetAddress CLIENT = Addresses.parse("192.0.2.1").orElseThrow();

    @Test
    void aStatedPortIsTheOnlyOne() {
        ClientSender sender = new ClientSender(CLIENT, 5_000);

        assertThat(sender.admits(from("192.0.2.1", 5_000))).isTrue();
        assertThat(sender.admits(from("192.0.2.1", 5_001))).isFalse();
        assertThat(sender.admits(from("192.0.2.2", 5_000))).isFalse();
        sender.pin(from("192.0.2.1", 5_001));
        assertThat(sender.pinned()).isEqualTo(from("192.0.2.1", 5_000));
    }

    @Test
    void theFirstPortStays() {
        ClientSender sender = new ClientSender(CLIENT, 0);

        assertThat(sender.pinned()).isNull();
        assertThat(sender.admits(from("192.0.2.2", 7))).isFalse();
        assertThat(sender.admits(from("192.0.2.1", 7))).isTrue();
        assertThat(sender.admits(from("192.0.2.1", 8))).isTrue();
        sender.pin(from("192.0.2.1", 8));
        sender.pin(from("192.0.2.1", 7));
        assertThat(sender.admits(from("192.0.2.1", 7))).isFalse();
        assertThat(sender.admits(from("192.0.2.1", 8))).isTrue();
        assertThat(sender.admits(from("192.0.2.2", 8))).isFalse();
        assertThat(sender.admits(from("2001:db8::1", 8))).isFalse();
    }

    @Test
    void theMappedFormIsTheSameAddress() throws UnknownHostException {
        byte[] octets = new byte[16];
        octets[10] = octets[11] = (byte) 0xFF;
        System.arraycopy(CLIENT.getAddress(), 0, octets, 12, 4);
        InetAddress mapped = Inet6Address.getByAddress(null, octets, 0); // the only way to get one

        assertThat(new ClientSender(CLIENT, 0).admits(new InetSocketAddress(mapped, 9)))
                .isTrue();
        assertThat(new ClientSender(mapped, 0).admits(new InetSocketAddress(CLIENT, 9)))
                .isTrue();
        octets[15]++;
        assertThat(new ClientSender(CLIENT, 0)
                        .admits(new InetSocketAddress(Inet6Address.getByAddress(null, octets, 0), 9)))
                .isFalse();
    }

    private static InetSocketAddress from(String address, int port) {
        return new InetSocketAddress(Addresses.parse(address).orElseThrow(), port);
    }
}
