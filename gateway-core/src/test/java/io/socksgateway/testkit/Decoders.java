package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.wire.Decoded;
import java.util.Arrays;
import java.util.function.Function;

/** What every decoder must do, tried with one message: with each of its beginnings, and with octets behind it. */
public final class Decoders {

    private static final byte[] BEFORE = {5, 4, 1, 0};

    private Decoders() {}

    /**
     * Decodes a whole message and returns what it says. Every beginning of it is incomplete and moves nothing; octets
     * behind it are neither read nor changed.
     */
    public static <T> T complete(Function<ByteBuf, Decoded<T>> decoder, String hex) {
        byte[] message = Hex.bytes(hex);
        for (int length = 0; length < message.length; length++) {
            ByteBuf in = behindOthers(Arrays.copyOf(message, length));
            assertThat(decoder.apply(in)).as("first %d octets", length).isInstanceOf(Decoded.Incomplete.class);
            assertThat(in.readerIndex()).isEqualTo(BEFORE.length);
            assertThat(in.readableBytes()).isEqualTo(length);
            assertThat(readable(in)).isEqualTo(Arrays.copyOf(message, length));
        }
        for (String trailing : new String[] {"00", "ff ff ff", "05 01 00"}) {
            ByteBuf in = behindOthers(Hex.bytes(hex + trailing));
            assertThat(decoder.apply(in)).isInstanceOf(Decoded.Complete.class);
            assertThat(Hex.text(in)).isEqualTo(trailing);
        }
        ByteBuf in = behindOthers(message);
        Decoded<T> decoded = decoder.apply(in);
        assertThat(in.isReadable()).isFalse();
        assertThat(decoded).isInstanceOf(Decoded.Complete.class);
        return ((Decoded.Complete<T>) decoded).value();
    }

    /** A message that nothing can save: its beginnings are incomplete or already wrong, and nothing is moved. */
    public static <T> void malformed(Function<ByteBuf, Decoded<T>> decoder, String hex, Decoded.Defect defect) {
        byte[] message = Hex.bytes(hex);
        Decoded<T> wrong = Decoded.malformed(defect);
        boolean known = false;
        for (int length = 0; length <= message.length; length++) {
            ByteBuf in = behindOthers(Arrays.copyOf(message, length));
            Decoded<T> decoded = decoder.apply(in);
            if (known || length == message.length) {
                assertThat(decoded).as("first %d octets", length).isEqualTo(wrong);
            } else {
                assertThat(decoded).as("first %d octets", length).isIn(wrong, Decoded.incomplete());
                known = decoded.equals(wrong);
            }
            assertThat(in.readerIndex()).isEqualTo(BEFORE.length);
        }
        ByteBuf in = behindOthers(Hex.bytes(hex + "00 00"));
        assertThat(decoder.apply(in)).isEqualTo(wrong);
        assertThat(in.readerIndex()).isEqualTo(BEFORE.length);
    }

    /** Octets behind some that were read already: a decoder that looks at absolute indexes is found out. */
    private static ByteBuf behindOthers(byte[] octets) {
        return Unpooled.buffer().writeBytes(BEFORE).writeBytes(octets).skipBytes(BEFORE.length);
    }

    private static byte[] readable(ByteBuf in) {
        byte[] octets = new byte[in.readableBytes()];
        in.getBytes(in.readerIndex(), octets);
        return octets;
    }
}
