package io.socksgateway.auth;

import java.util.function.IntUnaryOperator;

/**
 * How long the latest wrong passwords took to be rejected, to reject as if one had been checked.
 *
 * <p>Confined to its event loop.
 */
final class RejectionTimes {

    private static final int SIZE = 64;

    private final IntUnaryOperator random;
    private final long[] latest = new long[SIZE];
    private int count;

    /**
     * @param random gives a number from 0 to below another
     */
    RejectionTimes(IntUnaryOperator random) {
        this.random = random;
    }

    void add(long nanos) {
        latest[count % SIZE] = nanos;
        // the same place again next time round, without ever overflowing
        count = count + 1 == 2 * SIZE ? SIZE : count + 1;
    }

    /** One of them, or -1 if there is none yet. */
    long any() {
        return count == 0 ? -1 : latest[random.applyAsInt(Math.min(count, SIZE))];
    }
}
