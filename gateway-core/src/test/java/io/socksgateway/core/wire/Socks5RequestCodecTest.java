package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Host;
import io.socksgateway.testkit.Decoders;
import io.socksgateway.testkit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Socks5RequestCodecTest {

    private static SocksRequest decode(String hex) {
        return Decoders.complete(Socks5RequestCodec::decode, hex);
    }

    private static String named(String name) {
        return "05 01 00 03 " + Hex.counted(name) + " 00 50";
    }

    @Test
    void ipv4() {
        SocksRequest request = decode(String.join(
                " ",
                "05", // version
                "01", // CONNECT
                "00", // reserved
                "01", // ATYP: IPv4
                "c0 00 02 01",
                "01 bb")); // port
        assertThat(request.version()).isEqualTo(SocksVersion.SOCKS5);
        assertThat(request.commandCode()).isEqualTo(1);
        assertThat(request.destination()).hasToString("192.0.2.1:443");
        assertThat(request.userId()).isEmpty();
    }

    @Test
    void ipv6() {
        SocksRequest request = decode("05 03 00 04 20010db8 00000000 00000000 00000001 ff ff");
        assertThat(request.commandCode()).isEqualTo(3);
        assertThat(request.destination()).hasToString("[2001:db8::1]:65535");
    }

    @Test
    void name() {
        assertThat(decode(named("Example.com")).destination().host()).isEqualTo(new Host.Name("Example.com"));
        assertThat(decode(named("example.com.")).destination()).hasToString("example.com.:80");
        assertThat(decode(named("a")).destination()).hasToString("a:80");
        String longest = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61);
        assertThat(decode(named(longest)).destination().host()).hasToString(longest);
        assertThat(decode(named(longest + ".")).destination().host()).hasToString(longest + ".");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1", "2001:db8::1", "[2001:db8::1]", "::ffff:10.0.0.1"})
    void nameThatIsALiteralIsTheAddress(String literal) {
        assertThat(decode(named(literal)).destination().host()).isInstanceOf(Host.Address.class);
    }

    @Test
    void mappedIpv6IsTheIpv4Address() {
        assertThat(decode("05 01 00 04 00000000 00000000 0000ffff 7f000001 00 50")
                        .destination())
                .hasToString("127.0.0.1:80");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 0x80, 0xF0, 0xFF})
    void unknownCommandsAreKept(int command) {
        SocksRequest request = decode("05 %02x 00 01 c0 00 02 01 00 50".formatted(command));
        assertThat(request.commandCode()).isEqualTo(command);
    }

    @Test
    void theReservedOctetIsNotLookedAt() {
        assertThat(decode("05 01 ff 01 c0 00 02 01 00 50").destination()).hasToString("192.0.2.1:80");
    }

    @Test
    void portZeroIsForOthersToRefuse() {
        assertThat(decode("05 01 00 01 c0 00 02 01 00 00").destination().port()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 01 00 50 c0 00 02 01 00", "01 01 00 01 c0 00 02 01 00 50", "ff"})
    void otherVersionsAreMalformedAtOnce(String hex) {
        Decoders.malformed(Socks5RequestCodec::decode, hex, Decoded.Defect.VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "05", "7f", "80", "ff"})
    void unknownAddressTypesAreMalformedAtOnce(String type) {
        Decoders.malformed(Socks5RequestCodec::decode, "05 01 00 " + type, Decoded.Defect.ADDRESS_TYPE);
    }

    @ParameterizedTest
    @MethodSource("io.socksgateway.core.wire.BadNames#all")
    void badNamesAreMalformed(String nameHex) {
        int length = Hex.bytes(nameHex).length;
        Decoders.malformed(
                Socks5RequestCodec::decode,
                "05 01 00 03 %02x %s 00 50".formatted(length, nameHex),
                Decoded.Defect.NAME);
    }

    @ParameterizedTest
    @MethodSource("io.socksgateway.core.wire.BadNames#all")
    @ValueSource(strings = {"30", "61", "31 39 32 2e 30 2e 32 2e 31"})
    void aNameStatesNoAddressForDatagrams(String nameHex) {
        int length = Hex.bytes(nameHex).length;
        SocksRequest request = decode("05 03 00 03 %02x %s 04 38".formatted(length, nameHex));
        assertThat(request.commandCode()).isEqualTo(3);
        assertThat(request.destination()).hasToString("0.0.0.0:1080");
    }
}
