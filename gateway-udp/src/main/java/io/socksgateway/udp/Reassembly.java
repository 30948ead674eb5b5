package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of a datagram together, RFC 1928 section 7: one sequence at a time, in order.
 *
 * <pre>
 * fragment, with n as the highest so far   nothing yet     in a sequence
 * 1                                        begin           abandon, begin
 * n + 1, same destination                  -               append; the last one completes
 * n, n > 1                                 drop            drop: sent twice
 * 0, or less than n                        drop            abandon
 * more than n + 1                          drop            abandon: what is missing would come as less than this
 * other destination                        -               abandon, and begin if it is 1
 * standalone datagram, told by the owner   -               abandon
 * timer, or more than 65,507 octets        -               abandon
 * </pre>
 *
 * <p>Holds at most 64 KiB, and no more than the budget has left. Confined to its event loop.
 */
final class Reassembly {

    /** The longest payload of a datagram. */
    static final int LONGEST = 65_507;

    private static final int SMALLEST = 2_048;

    private final long timeout;
    private final LongSupplier clock;
    private final Budget budget;
    private final ByteBufAllocator allocator;
    private final IntConsumer lost;
    private @Nullable ByteBuf collected;
    private byte[] destination = {};
    private int highest;
    private int fragments;
    private long begun;

    /**
     * @param timeout milliseconds from the first fragment to the last
     * @param clock milliseconds
     * @param lost hears how many fragments were of no use
     */
    Reassembly(long timeout, LongSupplier clock, Budget budget, ByteBufAllocator allocator, IntConsumer lost) {
        this.timeout = timeout;
        this.clock = clock;
        this.budget = budget;
        this.allocator = allocator;
        this.lost = lost;
    }

    /**
     * Takes a fragment.
     *
     * @param position 0 to 127
     * @param to type, address and port as they stand in the header
     * @param payload copied
     * @return the payload of the whole datagram if this was the last fragment, released by the taker; else null
     */
    @Nullable
    ByteBuf add(int position, boolean last, byte[] to, ByteBuf payload) {
        if (collected != null && !continues(position, to)) {
            if (position == highest && position > 1 && isOpen(to)) {
                lost.accept(1); // sent twice; the sequence goes on
                return null;
            }
            abandon();
        }
        if (collected == null && position != 1) {
            lost.accept(1);
        } else if (!append(position, to, payload)) {
            abandon();
            lost.accept(1);
        } else if (last) {
            return complete();
        }
        return null;
    }

    private boolean continues(int position, byte[] to) {
        return position == highest + 1 && isOpen(to);
    }

    /** Whether there is time left for a sequence to this destination. */
    private boolean isOpen(byte[] to) {
        return clock.getAsLong() - begun <= timeout && Arrays.equals(destination, to);
    }

    private boolean append(int position, byte[] to, ByteBuf payload) {
        int size = (collected == null ? 0 : collected.readableBytes()) + payload.readableBytes();
        if (size > LONGEST || !reserve(size)) {
            return false;
        }
        if (position == 1) {
            destination = to;
            begun = clock.getAsLong();
        }
        highest = position;
        fragments++;
        if (collected != null) {
            collected.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        }
        return true;
    }

    /** Makes room for so many octets in all, as far as the budget allows. */
    private boolean reserve(int size) {
        int capacity = collected == null ? 0 : collected.capacity();
        if (collected != null && size <= capacity) {
            return true;
        }
        int wanted = Math.min(LONGEST, Math.max(Math.max(size, SMALLEST), capacity * 2));
        if (!budget.take(wanted - capacity)) {
            return false;
        }
        if (collected == null) {
            collected = allocator.directBuffer(wanted, LONGEST);
        } else {
            collected.capacity(wanted);
        }
        return true;
    }

    private ByteBuf complete() {
        ByteBuf payload = collected;
        if (payload == null) {
            throw new IllegalStateException("complete without a fragment");
        }
        budget.give(payload.capacity());
        collected = null;
        fragments = 0;
        return payload;
    }

    /** Whether a sequence has begun. */
    boolean isWaiting() {
        return collected != null;
    }

    /** Forgets the sequence. */
    void abandon() {
        if (fragments > 0) {
            lost.accept(fragments);
        }
        if (collected != null) {
            budget.give(collected.capacity());
            collected.release();
            collected = null;
        }
        fragments = 0;
    }
}
