package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.testkit.Decoders;
import io.socksgateway.testkit.Hex;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPasswordCodecTest {

    private static UserPassword decode(String hex) {
        return Decoders.complete(UserPasswordCodec::decode, hex);
    }

    @Test
    void credentials() {
        UserPassword decoded = decode(String.join(
                " ",
                "01", // version of the sub-negotiation
                "05", // ULEN
                "61 6c 69 63 65", // "alice"
                "03", // PLEN
                "ff 00 3a")); // a password is octets
        assertThat(decoded.user()).isEqualTo("alice");
        assertThat(Hex.text(decoded.password())).isEqualTo("ff 00 3a");
    }

    @Test
    void longestCredentials() {
        UserPassword decoded = decode("01 ff" + "61".repeat(255) + "ff" + "62".repeat(255));
        assertThat(decoded.user()).isEqualTo("a".repeat(255));
        assertThat(decoded.password()).isEqualTo("b".repeat(255).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void utf8() {
        assertThat(decode("01 05 6a c3 bc 72 67 01 78").user()).isEqualTo("jürg");
    }

    @Test
    void emptyFieldsAreForTheAuthenticatorToRefuse() {
        assertThat(decode("01 00 01 78").user()).isEmpty();
        assertThat(decode("01 01 78 00").password()).isEmpty();
        assertThat(decode("01 00 00").user()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"05 01 61 01 62", "00 01 61 01 62", "81 01 61 01 62"})
    void otherVersionsAreMalformedAtOnce(String hex) {
        Decoders.malformed(UserPasswordCodec::decode, hex, Decoded.Defect.VERSION);
    }

    @Test
    void thePasswordIsWipedFromTheInput() {
        ByteBuf in = Unpooled.copiedBuffer(Hex.bytes("01 01 61 03 73 65 63 05"));
        assertThat(UserPasswordCodec.decode(in)).isInstanceOf(Decoded.Complete.class);
        in.readerIndex(0);
        assertThat(Hex.text(in)).isEqualTo("01 01 61 03 00 00 00 05");
    }

    @Test
    void status() {
        ByteBuf out = Unpooled.buffer();
        UserPasswordCodec.encodeStatus(UserPasswordCodec.SUCCESS, out);
        UserPasswordCodec.encodeStatus(UserPasswordCodec.FAILURE, out);
        assertThat(Hex.text(out)).isEqualTo("01 00 01 01");
    }

    @Test
    void textHidesThePasswordAndWipingEndsIt() {
        UserPassword credentials = UserPassword.of("alice", "secret");
        assertThat(credentials).hasToString("alice:***");
        assertThat(credentials.wipe().password()).containsOnly(0).hasSize(6);
    }
}
