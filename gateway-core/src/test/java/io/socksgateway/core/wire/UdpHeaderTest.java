package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Host;
import io.socksgateway.testkit.Hex;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpHeaderTest {

    private static final String V6 = "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07";

    private final UdpHeader header = new UdpHeader();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0000 00 01 c0000207         0035 | 192.0.2.7   | 53
                    0000 00 01 00000000         ffff | 0.0.0.0     | 65535
                    0000 00 01 ffffffff         0000 | 255.255.255.255 | 0
                    0000 00 04 20010db8000000000000000000000007 01bb | 2001:db8::7 | 443
                    0000 00 04 00000000000000000000ffffc0000207 01bb | 192.0.2.7   | 443
                    0000 00 04 00000000000000000000000000000001 01bb | ::1         | 443
                    """)
    void readsAddresses(String hex, String address, int port) {
        ByteBuf in = Hex.buffer("aa aa" + hex + "68 69");
        in.skipBytes(2);

        assertThat(header.decode(in)).isTrue();

        assertThat(header.isName()).isFalse();
        assertThat(header.isFragment()).isFalse();
        assertThat(header.socketAddress())
                .isEqualTo(new InetSocketAddress(Addresses.parse(address).orElseThrow(), port));
        assertThat(header.port()).isEqualTo(port);
        assertThat(Hex.text(in)).isEqualTo("68 69");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "abc", "example.com", "gw.example.", "xn--bcher-kva.example"})
    void readsNames(String name) {
        ByteBuf in = Hex.buffer("0000 00 03" + Hex.counted(name) + "01bb 68 69");

        assertThat(header.decode(in)).isTrue();

        assertThat(header.isName()).isTrue();
        assertThat(header.host(in)).contains(new Host.Name(name));
        assertThat(header.nameLength()).isEqualTo(name.length());
        assertThat(header.port()).isEqualTo(443);
        assertThat(Hex.text(in)).isEqualTo("68 69");
    }

    @Test
    void aLiteralGivenAsANameIsThatAddress() {
        ByteBuf in = Hex.buffer("0000 00 03" + Hex.counted("::ffff:192.0.2.7") + "01bb");

        assertThat(header.decode(in)).isTrue();

        assertThat(header.host(in))
                .contains(Host.of(Addresses.parse("192.0.2.7").orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"61 00 62", "61 20 62", "61 0d 0a", "2e 61", "61 2e 2e 62", "31 32 37 2e 31"})
    void someNamesAreNone(String octets) {
        int length = Hex.bytes(octets).length;
        ByteBuf in = Hex.buffer("0000 00 03" + "%02x".formatted(length) + octets + "01bb");

        assertThat(header.decode(in)).isTrue();

        assertThat(header.host(in)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00, false, 0, false",
        "01, true, 1, false",
        "7f, true, 127, false",
        "81, true, 1, true",
        "ff, true, 127, true",
        "80, true, 0, true"
    })
    void tellsFragmentsApart(String octet, boolean fragment, int position, boolean last) {
        assertThat(header.decode(Hex.buffer("0000" + octet + "01 c0000207 0035")))
                .isTrue();

        assertThat(header.isFragment()).isEqualTo(fragment);
        assertThat(header.position()).isEqualTo(position);
        assertThat(header.isLast()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001 00 01 c0000207 0035", // reserved octets
                "0100 00 01 c0000207 0035",
                "0000 00 00 c0000207 0035", // address types that there are none of
                "0000 00 02 c0000207 0035",
                "0000 00 05 c0000207 0035",
                "0000 00 ff c0000207 0035",
                "0000 00 03 00 0035", // a name without octets
            })
    void whatIsNoHeaderIsNotTouched(String hex) {
        ByteBuf in = Hex.buffer(hex + "68 69 68 69");
        int before = in.readerIndex();

        assertThat(header.decode(in)).isFalse();

        assertThat(in.readerIndex()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000 00 01 c0000207 0035", "0000 00 04" + V6 + "0035", "0000 00 03 03 61 2e 62 0035"})
    void noHeaderIsCompleteBeforeItsLastOctet(String hex) {
        byte[] whole = Hex.bytes(hex);
        for (int length = 0; length < whole.length; length++) {
            assertThat(header.decode(Unpooled.wrappedBuffer(whole, 0, length)))
                    .as("%d octets", length)
                    .isFalse();
        }
        assertThat(header.decode(Unpooled.wrappedBuffer(whole))).isTrue();
    }

    @Test
    void theLongestNameFitsAndOneOctetLessDoesNot() {
        byte[] datagram = new byte[4 + 1 + 255 + 2];
        datagram[3] = 3;
        datagram[4] = (byte) 255;

        assertThat(header.decode(Unpooled.wrappedBuffer(datagram))).isTrue();
        assertThat(header.decode(Unpooled.wrappedBuffer(datagram, 0, datagram.length - 1)))
                .isFalse();
    }

    @Test
    void aShortHeaderLeavesNothingOfTheOneBefore() {
        assertThat(header.decode(Hex.buffer("0000 81 03 03 61 2e 62 0035"))).isTrue();
        assertThat(header.decode(Hex.buffer("0000 00 01 c0000207 0050"))).isTrue();

        assertThat(header.isName()).isFalse();
        assertThat(header.isFragment()).isFalse();
        assertThat(header.destinationLength()).isEqualTo(7);
    }

    @Test
    void anyOctetsAreAHeaderOrNot() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            for (int k = 0; k < Math.min(3, octets.length) && random.nextBoolean(); k++) {
                octets[k] = 0;
            }
            ByteBuf in = Unpooled.wrappedBuffer(octets);
            if (header.decode(in)) {
                assertThat(in.readerIndex()).isEqualTo(3 + header.destinationLength());
            } else {
                assertThat(in.readerIndex()).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.7        | 00 00 00 01 c0 00 02 07 00 35
                    2001:db8::7      | 00 00 00 04 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07 00 35
                    ::ffff:192.0.2.7 | 00 00 00 01 c0 00 02 07 00 35
                    """)
    void writesTheSourceOfAnAnswer(String source, String hex) {
        ByteBuf out = Unpooled.buffer();

        UdpHeader.encode(Addresses.parse(source).orElseThrow(), 53, out);

        assertThat(Hex.text(out)).isEqualTo(hex);
        assertThat(out.readableBytes()).isLessThanOrEqualTo(UdpHeader.MAX_LENGTH);
    }
}
