package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.testkit.Decoders;
import io.socksgateway.testkit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Socks5GreetingCodecTest {

    @Test
    void methods() {
        MethodSet methods = Decoders.complete(
                Socks5GreetingCodec::decode,
                String.join(
                        " ",
                        "05", // version
                        "03", // number of methods
                        "00 02 80"));
        assertThat(methods).isEqualTo(MethodSet.of(Method.NONE, Method.USERPASS, 0x80));
        assertThat(methods.contains(Method.GSSAPI)).isFalse();
    }

    @Test
    void noMethodsAtAll() {
        assertThat(Decoders.complete(Socks5GreetingCodec::decode, "05 00")).isEqualTo(MethodSet.of());
    }

    @Test
    void allMethods() {
        StringBuilder hex = new StringBuilder("05 ff");
        for (int method = 0; method < 255; method++) {
            hex.append(" %02x".formatted(method));
        }
        MethodSet methods = Decoders.complete(Socks5GreetingCodec::decode, hex.toString());
        for (int method = 0; method < 255; method++) {
            assertThat(methods.contains(method)).as("%02x", method).isTrue();
        }
        assertThat(methods.contains(Method.UNACCEPTABLE)).isFalse();
    }

    @Test
    void methodsMayRepeat() {
        assertThat(Decoders.complete(Socks5GreetingCodec::decode, "05 03 02 02 02"))
                .isEqualTo(MethodSet.of(Method.USERPASS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 01 00", "04 01 00", "06 01 00", "85 01 00", "16 03 01", "47 45 54"})
    void otherVersionsAreMalformedAtOnce(String hex) {
        Decoders.malformed(Socks5GreetingCodec::decode, hex, Decoded.Defect.VERSION);
    }

    @Test
    void choices() {
        ByteBuf out = Unpooled.buffer();
        Socks5GreetingCodec.encodeChoice(Method.USERPASS, out);
        Socks5GreetingCodec.encodeChoice(Method.UNACCEPTABLE, out);
        assertThat(Hex.text(out)).isEqualTo("05 02 05 ff");
    }
}
