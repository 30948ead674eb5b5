package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.testkit.Decoders;
import io.socksgateway.testkit.Hex;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GssFrameCodecTest {

    private static Function<ByteBuf, Decoded<byte[]>> due(int type) {
        return in -> GssFrameCodec.decode(type, in);
    }

    @ParameterizedTest
    @ValueSource(ints = {GssFrameCodec.AUTHENTICATION, GssFrameCodec.PROTECTION, GssFrameCodec.DATA})
    void token(int type) {
        byte[] token = Decoders.complete(
                due(type),
                String.join(
                        " ",
                        "01", // version of the sub-negotiation
                        "%02x".formatted(type),
                        "00 03", // LEN
                        "60 00 ff"));
        assertThat(Hex.text(token)).isEqualTo("60 00 ff");
    }

    @Test
    void longestToken() {
        ByteBuf in = Unpooled.buffer().writeBytes(Hex.bytes("01 03 ff ff")).writeZero(65_534);
        assertThat(GssFrameCodec.decode(GssFrameCodec.DATA, in)).isEqualTo(Decoded.incomplete());
        assertThat(in.readerIndex()).isZero();
        in.writeByte(7).writeByte(8);
        Decoded<byte[]> decoded = GssFrameCodec.decode(GssFrameCodec.DATA, in);
        assertThat(((Decoded.Complete<byte[]>) decoded).value()).hasSize(65_535).endsWith(7);
        assertThat(Hex.text(in)).isEqualTo("08");
    }

    @ParameterizedTest
    @CsvSource({
        "05 01 00 01 60, VERSION",
        "00 01 00 01 60, VERSION",
        "01 02 00 01 60, MESSAGE_TYPE",
        "01 03 00 01 60, MESSAGE_TYPE",
        "01 00 00 01 60, MESSAGE_TYPE",
        "01 ff, MESSAGE_TYPE",
        "01 01 00 00, EMPTY"
    })
    void malformedAtOnce(String hex, Decoded.Defect defect) {
        Decoders.malformed(due(GssFrameCodec.AUTHENTICATION), hex, defect);
    }

    @Test
    void encoding() {
        ByteBuf out = Unpooled.buffer();
        GssFrameCodec.encode(GssFrameCodec.PROTECTION, new byte[] {2}, out);
        GssFrameCodec.encode(GssFrameCodec.AUTHENTICATION, new byte[0], out);
        GssFrameCodec.encodeAbort(out);
        assertThat(Hex.text(out)).isEqualTo("01 02 00 01 02 01 01 00 00 01 ff");
    }

    @Test
    void aTokenThatItsLengthCannotSayIsNotEncoded() {
        ByteBuf out = Unpooled.buffer();
        assertThatThrownBy(() -> GssFrameCodec.encode(GssFrameCodec.DATA, new byte[65_536], out))
                .hasMessage("token: 65536 octets (expected: 0..65535)");
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void levels() {
        for (Protection level : Protection.values()) {
            assertThat(Protection.of(level.code())).isSameAs(level);
        }
        assertThat(Protection.of(4)).isNull();
        assertThat(Protection.of(255)).isNull();
    }

    @Test
    void aTokenDoesNotShowItself() {
        assertThat(GssToken.of(new byte[] {115, 101})).hasToString("token of 2 octets");
    }
}
