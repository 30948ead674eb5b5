package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.testkit.Hex;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RepliesTest {

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, 00, 5a",
        "GENERAL_FAILURE, 01, 5b",
        "NOT_ALLOWED, 02, 5b",
        "NETWORK_UNREACHABLE, 03, 5b",
        "HOST_UNREACHABLE, 04, 5b",
        "CONNECTION_REFUSED, 05, 5b",
        "TTL_EXPIRED, 06, 5b",
        "COMMAND_NOT_SUPPORTED, 07, 5b",
        "ADDRESS_TYPE_NOT_SUPPORTED, 08, 5b",
        "IDENTD_UNREACHABLE, 02, 5c",
        "IDENTD_MISMATCH, 02, 5d",
    })
    void withoutAddress(Reply reply, String five, String four) {
        assertThat(encoded(SocksVersion.SOCKS5, reply)).isEqualTo("05 " + five + " 00 01 00 00 00 00 00 00");
        assertThat(encoded(SocksVersion.SOCKS4, reply)).isEqualTo("00 " + four + " 00 00 00 00 00 00");
        assertThat(encoded(SocksVersion.SOCKS4A, reply)).isEqualTo(encoded(SocksVersion.SOCKS4, reply));
    }

    private static String encoded(SocksVersion version, Reply reply) {
        ByteBuf out = Unpooled.buffer();
        Replies.encode(version, reply, out);
        return Hex.text(out);
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS5, 192.0.2.1, 05 00 00 01 c0 00 02 01 9c 40",
        "SOCKS5, 2001:db8::1, 05 00 00 04 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 9c 40",
        "SOCKS4, 192.0.2.1, 00 5a 9c 40 c0 00 02 01",
        "SOCKS4A, 192.0.2.1, 00 5a 9c 40 c0 00 02 01",
        "SOCKS4A, 2001:db8::1, 00 5a 9c 40 00 00 00 00", // cannot be said in SOCKS4
    })
    void withTheBoundAddress(SocksVersion version, String address, String hex) {
        ByteBuf out = Unpooled.buffer();
        InetSocketAddress bound = new InetSocketAddress(Addresses.parse(address).orElseThrow(), 40_000);
        Replies.encode(version, Reply.SUCCEEDED, bound, out);
        assertThat(Hex.text(out)).isEqualTo(hex);
    }

    @ParameterizedTest
    @EnumSource(SocksVersion.class)
    void appendsOnly(SocksVersion version) {
        ByteBuf out = Unpooled.buffer().writeByte(0x7F);
        Replies.encode(version, Reply.SUCCEEDED, out);
        assertThat(Hex.text(out)).startsWith("7f 0");
    }
}
