package io.socksgateway.core.session;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a negotiation that belongs to the owner of a method: it is shown what has come in, says what goes out, and how
 * much it has used up. In the first round it is shown nothing, as it may have to speak first.
 *
 * <p>Confined to its event loop.
 */
final class MethodExchange {

    private final int method;
    private final ExchangeLimits limits;
    private int round;
    private int need;
    private int shown;
    private @Nullable String state;

    MethodExchange(int method, ExchangeLimits limits) {
        this.method = method;
        this.limits = limits;
    }

    /** The next question, or null while there are too few octets for one. */
    Step.@Nullable Exchange next(ByteBuf in) {
        if (in.readableBytes() < need) {
            return null;
        }
        shown = round == 0 ? 0 : Math.min(in.readableBytes(), limits.octets());
        byte[] octets = new byte[shown];
        in.getBytes(in.readerIndex(), octets);
        return new Step.Exchange(method, round++, ByteBuffer.wrap(octets), state);
    }

    /** Whether it may be asked once more, after an answer whose octets {@link #take} has taken. */
    boolean goesOn(MethodAnswer.Continue answer) {
        int left = shown - answer.consumed();
        need = answer.need() > 0 ? answer.need() : answer.consumed() > 0 ? 1 : left + 1;
        state = answer.state();
        return round < limits.rounds() && need <= limits.octets();
    }

    /** Takes used octets away, and writes what is to be sent; false if the answer does not fit the question. */
    boolean take(int consumed, ByteBuffer send, ByteBuf in, ByteBuf out) {
        if (consumed < 0 || consumed > shown) {
            return false;
        }
        in.setZero(in.readerIndex(), consumed); // it may have been a secret
        in.skipBytes(consumed);
        return say(send, out);
    }

    /** Writes what is to be sent; false if it is too much. */
    boolean say(ByteBuffer send, ByteBuf out) {
        if (send.remaining() > limits.octets()) {
            return false;
        }
        out.writeBytes(send.duplicate());
        return true;
    }
}
