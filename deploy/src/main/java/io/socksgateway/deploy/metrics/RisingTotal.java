package io.socksgateway.deploy.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A sum of parts that are read one after the other, as a counter: what moves from one part to another in between may be
 * missing for a moment, and a counter that goes back would look like a restart.
 *
 * <p>Thread-safe.
 */
final class RisingTotal implements LongSupplier {

    private final LongSupplier sum;
    private final AtomicLong highest = new AtomicLong();

    RisingTotal(LongSupplier sum) {
        this.sum = sum;
    }

    @Override
    public long getAsLong() {
        return highest.accumulateAndGet(sum.getAsLong(), Math::max);
    }
}
