package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.testkit.Decoders;
import io.socksgateway.testkit.Hex;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderCodecTest {

    private static final String SIGNATURE = "0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a ";
    private static final String V6_SOURCE = "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07 ";
    private static final String V6_DESTINATION = "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 ";

    private static Optional<ProxyHeader> decode(String hex) {
        return Decoders.complete(ProxyHeaderCodec::decode, hex);
    }

    private static Optional<ProxyHeader> decodeLine(String line) {
        return decode(Hex.ascii(line + "\r\n"));
    }

    private static InetSocketAddress at(String address, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    @Test
    void version1() throws Exception {
        assertThat(decodeLine("PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080"))
                .contains(new ProxyHeader(at("192.0.2.7", 56324), at("203.0.113.1", 1080)));
        assertThat(decodeLine("PROXY TCP6 2001:db8::7 2001:db8::1 65535 0"))
                .contains(new ProxyHeader(at("2001:db8::7", 65535), at("2001:db8::1", 0)));
    }

    @Test
    void version2OverIpv4() throws Exception {
        assertThat(decode(SIGNATURE
                        + String.join(
                                " ",
                                "21", // version 2, PROXY
                                "11", // TCP over IPv4
                                "00 0c", // length
                                "c0 00 02 07",
                                "cb 00 71 01",
                                "dc 04", // source port
                                "04 38")))
                .contains(new ProxyHeader(at("192.0.2.7", 56324), at("203.0.113.1", 1080)));
    }

    @Test
    void version2OverIpv6() throws Exception {
        assertThat(decode(SIGNATURE + "21 21 00 24" + V6_SOURCE + V6_DESTINATION + "ff ff 04 38"))
                .contains(new ProxyHeader(at("2001:db8::7", 65535), at("2001:db8::1", 1080)));
    }

    @Test
    void tlvsArePassedOver() throws Exception {
        String tlvs = "03 00 04 de ad be ef" // CRC32C
                + "20 ff ff"; // one that claims more than there is
        assertThat(decode(SIGNATURE + "21 11 00 16 c0 00 02 07 cb 00 71 01 dc 04 04 38" + tlvs))
                .contains(new ProxyHeader(at("192.0.2.7", 56324), at("203.0.113.1", 1080)));
    }

    /** An IPv4 client of a dual-stack balancer. */
    @Test
    void mappedAddressesAreIpv4() throws Exception {
        assertThat(decodeLine("PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 1 2")
                        .orElseThrow()
                        .client())
                .isEqualTo(at("192.0.2.7", 1));
        assertThat(decode(SIGNATURE + "21 21 00 24 0000000000000000 0000ffffc0000207" + V6_DESTINATION + "00 01 00 02")
                        .orElseThrow()
                        .client())
                .isEqualTo(at("192.0.2.7", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY UNKNOWN",
                "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535",
                "PROXY UNKNOWN  \r whatever",
            })
    void version1WithoutAClient(String line) {
        assertThat(decodeLine(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 00 00 00", // LOCAL
                "20 11 00 0c c0 00 02 07 cb 00 71 01 dc 04 04 38", // LOCAL, whatever the addresses say
                "20 31 00 02 61 62", // LOCAL, whatever the family
                "21 00 00 00", // PROXY without a family
                "21 00 00 03 04 00 00", // with a TLV
            })
    void version2WithoutAClient(String rest) {
        assertThat(decode(SIGNATURE + rest)).isEmpty();
    }

    /** Version 1 says UNKNOWN for it. */
    @Test
    void aUnixSocketIsNoClientEither() {
        String paths = Hex.ascii("/run/client") + "00".repeat(97) + Hex.ascii("/run/socks") + "00".repeat(98);
        assertThat(decode(SIGNATURE + "21 31 00 d8" + paths)).isEmpty();
        assertThat(decode(SIGNATURE + "21 31 00 db" + paths + "04 00 00")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"05 01 00", "04 01", "16 03 01", "47 45 54", "70 72 6f 78 79", "0d 0a 0d 0b", "50 52 4f 58 59 09"
            })
    void whatBeginsOtherwiseIsMalformedAtOnce(String hex) {
        Decoders.malformed(ProxyHeaderCodec::decode, hex, Decoded.Defect.VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080", // no CR
                "PROXY \r",
                "PROXY TCP4\r",
                "PROXY TCP5 192.0.2.7 203.0.113.1 56324 1080\r",
                "PROXY UDP4 192.0.2.7 203.0.113.1 56324 1080\r",
                "PROXY tcp4 192.0.2.7 203.0.113.1 56324 1080\r",
                "PROXY UNKNOWNS\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 56324\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080 1\r",
                "PROXY TCP4  192.0.2.7 203.0.113.1 56324 1080\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080 \r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080\r\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080\t\r",
                "PROXY TCP4 192.0.2.256 203.0.113.1 56324 1080\r",
                "PROXY TCP4 gateway.example 203.0.113.1 56324 1080\r",
                "PROXY TCP4 2001:db8::7 203.0.113.1 56324 1080\r",
                "PROXY TCP6 192.0.2.7 2001:db8::1 56324 1080\r",
                "PROXY TCP6 [2001:db8::7] 2001:db8::1 56324 1080\r",
                "PROXY TCP6 fe80::1%eth0 2001:db8::1 56324 1080\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 65536 1080\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 -1 1080\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 0001 1080\r",
                "PROXY TCP4 192.0.2.7 203.0.113.1 999999999999 1080\r",
            })
    void linesThatSayNothing(String line) {
        Decoders.malformed(ProxyHeaderCodec::decode, Hex.ascii(line + "\n"), Decoded.Defect.FIELD);
    }

    @Test
    void theLongestLineAndALongerOne() {
        String longest = "PROXY UNKNOWN " + "x".repeat(91);
        assertThat(decodeLine(longest)).isEmpty();
        Decoders.malformed(ProxyHeaderCodec::decode, Hex.ascii(longest + "xx"), Decoded.Defect.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "11 11 00 0c, VERSION",
        "31 11 00 0c, VERSION",
        "01 11 00 0c, VERSION",
        "22 11 00 0c, FIELD",
        "2f 11 00 0c, FIELD",
        "21 12 00 0c, ADDRESS_TYPE", // UDP
        "21 22 00 24, ADDRESS_TYPE",
        "21 31 00 d7, EMPTY", // paths that are too short
        "21 32 00 d8, ADDRESS_TYPE",
        "21 10 00 0c, ADDRESS_TYPE",
        "21 01 00 0c, ADDRESS_TYPE",
        "21 41 00 0c, ADDRESS_TYPE",
        "21 11 00 0b, EMPTY",
        "21 11 00 00, EMPTY",
        "21 21 00 23, EMPTY",
    })
    void version2ThatSaysNothingIsMalformedBeforeItsEnd(String rest, Decoded.Defect defect) {
        Decoders.malformed(ProxyHeaderCodec::decode, SIGNATURE + rest, defect);
    }

    @Test
    void theLongestHeader() {
        String tlvs = "00".repeat(65_535 - 12);
        byte[] header = Hex.bytes(SIGNATURE + "21 11 ff ff c0 00 02 07 cb 00 71 01 dc 04 04 38" + tlvs);
        ByteBuf in = Unpooled.wrappedBuffer(header);
        assertThat(ProxyHeaderCodec.decode(in.slice(0, header.length - 1))).isEqualTo(Decoded.incomplete());
        assertThat(ProxyHeaderCodec.decode(in)).isInstanceOf(Decoded.Complete.class);
        assertThat(in.isReadable()).isFalse();
    }
}
