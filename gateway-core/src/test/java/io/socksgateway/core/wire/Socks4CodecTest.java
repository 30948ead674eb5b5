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

class Socks4CodecTest {

    private static SocksRequest decode(String hex) {
        return Decoders.complete(Socks4Codec::decode, hex);
    }

    @Test
    void request4() {
        SocksRequest request = decode(String.join(
                " ",
                "04", // version
                "01", // CONNECT
                "01 bb", // port
                "c0 00 02 01",
                "6d 65 00")); // USERID "me"
        assertThat(request.version()).isEqualTo(SocksVersion.SOCKS4);
        assertThat(request.commandCode()).isEqualTo(1);
        assertThat(request.destination()).hasToString("192.0.2.1:443");
        assertThat(request.userId()).isEqualTo("me");
    }

    @Test
    void request4a() {
        SocksRequest request = decode(String.join(
                " ",
                "04",
                "02", // BIND
                "00 50",
                "00 00 00 01", // a name follows
                "00", // no USERID
                Hex.ascii("example.com"),
                "00"));
        assertThat(request.version()).isEqualTo(SocksVersion.SOCKS4A);
        assertThat(request.commandCode()).isEqualTo(2);
        assertThat(request.destination().host()).isEqualTo(new Host.Name("example.com"));
        assertThat(request.userId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 00 00, 0.0.0.0", // not the marker: x must not be 0
        "00 00 01 00, 0.0.1.0",
        "00 00 01 01, 0.0.1.1",
        "00 01 00 01, 0.1.0.1",
        "01 00 00 01, 1.0.0.1",
    })
    void addressesThatAreNoMarker(String ip, String address) {
        SocksRequest request = decode("04 01 00 50 " + ip + " 00");
        assertThat(request.version()).isEqualTo(SocksVersion.SOCKS4);
        assertThat(request.destination().host()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 01", "00 00 00 7f", "00 00 00 80", "00 00 00 ff"})
    void addressesThatAre(String ip) {
        SocksRequest request = decode("04 01 00 50 " + ip + " 6d 65 00 61 00");
        assertThat(request.version()).isEqualTo(SocksVersion.SOCKS4A);
        assertThat(request.destination()).hasToString("a:80");
        assertThat(request.userId()).isEqualTo("me");
    }

    @Test
    void nameThatIsALiteralIsTheAddress() {
        SocksRequest request = decode("04 01 00 50 00 00 00 01 00 " + Hex.ascii("127.0.0.1") + " 00");
        assertThat(request.version()).isEqualTo(SocksVersion.SOCKS4A);
        assertThat(request.destination().host()).isInstanceOf(Host.Address.class);
    }

    @Test
    void longestUserId() {
        SocksRequest request = decode("04 01 00 50 c0 00 02 01 " + "61".repeat(255) + " 00");
        assertThat(request.userId()).isEqualTo("a".repeat(255));
        request = decode("04 01 00 50 00 00 00 01 " + "61".repeat(255) + " 00 62 00");
        assertThat(request.userId()).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0 00 02 01", "00 00 00 01"})
    void tooLongUserIdIsMalformedWithoutWaitingForItsEnd(String ip) {
        Decoders.malformed(Socks4Codec::decode, "04 01 00 50 " + ip + " " + "61".repeat(256), Decoded.Defect.TOO_LONG);
    }

    @Test
    void tooLongNameIsMalformedWithoutWaitingForItsEnd() {
        Decoders.malformed(
                Socks4Codec::decode, "04 01 00 50 00 00 00 01 00 " + "61".repeat(256), Decoded.Defect.TOO_LONG);
    }

    @ParameterizedTest
    @MethodSource("io.socksgateway.core.wire.BadNames#withoutNul")
    void badNamesAreMalformed(String nameHex) {
        Decoders.malformed(Socks4Codec::decode, "04 01 00 50 00 00 00 01 00 " + nameHex + " 00", Decoded.Defect.NAME);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 0x5A, 0xFF})
    void unknownCommandsAreKept(int command) {
        assertThat(decode("04 %02x 00 50 c0 00 02 01 00".formatted(command)).commandCode())
                .isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05 01 00", "00 5a", "84"})
    void otherVersionsAreMalformedAtOnce(String hex) {
        Decoders.malformed(Socks4Codec::decode, hex, Decoded.Defect.VERSION);
    }
}
