package io.socksgateway.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.socksgateway.core.wire.Decoded;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What every decoder must keep to, whatever the octets: it never throws; it moves the reader index when it is complete
 * and only then; and once it has decided, no octet that follows changes its mind or is touched.
 */
public final class DecoderLaw<T> {

    /** More than any message has. */
    private static final int MOST = 600;

    private static final byte[] BEFORE = {5, 4, 3, 0, 1};

    private final Function<ByteBuf, Decoded<T>> decoder;
    private final Function<T, ?> content;

    private DecoderLaw(Function<ByteBuf, Decoded<T>> decoder, Function<T, ?> content) {
        this.decoder = decoder;
        this.content = content;
    }

    public static <T> DecoderLaw<T> of(Function<ByteBuf, Decoded<T>> decoder) {
        return of(decoder, value -> value);
    }

    /**
     * The law for a decoder of something without {@code equals}.
     *
     * @param content what makes two messages the same
     */
    public static <T> DecoderLaw<T> of(Function<ByteBuf, Decoded<T>> decoder, Function<T, ?> content) {
        return new DecoderLaw<>(decoder, content);
    }

    /** What was decided on the octets so far, and how many were taken. */
    private record Decision(Object outcome, int taken) {}

    /** Tries every beginning of the first 600 octets, and the whole in two pieces. */
    public void holdsFor(byte[] any) {
        byte[] octets = Arrays.copyOf(any, Math.min(any.length, MOST));
        Decision undecided = new Decision(Decoded.incomplete(), 0);
        Decision earlier = undecided;
        for (int length = 0; length <= octets.length; length++) {
            byte[] beginning = Arrays.copyOf(octets, length);
            Decision decision = decide(contiguous(beginning), beginning);
            if (!earlier.equals(undecided)) {
                assertThat(decision).as("with %d octets", length).isEqualTo(earlier);
            }
            earlier = decision;
        }
        Decision whole = earlier;
        for (int cut = 0; cut <= octets.length; cut++) {
            assertThat(decide(scattered(octets, cut), octets))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
    }

    private Decision decide(ByteBuf in, byte[] octets) {
        try {
            Decoded<T> decoded = decoder.apply(in);
            int taken = in.readerIndex() - BEFORE.length;
            assertThat(taken).isBetween(0, octets.length);
            assertThat(in.writerIndex()).isEqualTo(BEFORE.length + octets.length);
            assertThat(ByteBufUtil.getBytes(in, 0, BEFORE.length)).isEqualTo(BEFORE);
            assertThat(ByteBufUtil.getBytes(in)).isEqualTo(Arrays.copyOfRange(octets, taken, octets.length));
            if (decoded instanceof Decoded.Complete<T> complete) {
                assertThat(taken).isPositive();
                return new Decision(content.apply(complete.value()), taken);
            }
            assertThat(taken).isZero();
            return new Decision(decoded, taken);
        } finally {
            in.release();
        }
    }

    private static ByteBuf contiguous(byte[] octets) {
        return Unpooled.buffer().writeBytes(BEFORE).writeBytes(octets).skipBytes(BEFORE.length);
    }

    /** In two components; what was read before is in the first. Not by the allocator, whose leak detector takes its time. */
    private static ByteBuf scattered(byte[] octets, int cut) {
        return new CompositeByteBuf(UnpooledByteBufAllocator.DEFAULT, false, 2)
                .addComponent(true, Unpooled.buffer().writeBytes(BEFORE).writeBytes(octets, 0, cut))
                .addComponent(true, Unpooled.buffer().writeBytes(octets, cut, octets.length - cut))
                .skipBytes(BEFORE.length);
    }
}
