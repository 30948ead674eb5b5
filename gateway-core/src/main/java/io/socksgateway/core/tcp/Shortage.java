package io.socksgateway.core.tcp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Whether a limit is felt, for the log: it hears of the first who meets the limit, and once nobody has for ten seconds.
 *
 * <p>Thread-safe.
 */
final class Shortage {

    private static final long OVER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final Runnable begin;
    private final LongConsumer end;
    /** Those who have met the limit since it began to be felt. */
    private final AtomicLong met = new AtomicLong();

    private volatile long lastMet;

    /**
     * A limit that nobody has met.
     *
     * @param end gets the number of those who have met it
     */
    Shortage(LongSupplier nanoTime, Runnable begin, LongConsumer end) {
        this.nanoTime = nanoTime;
        this.begin = begin;
        this.end = end;
    }

    /** Somebody has met the limit. */
    void met() {
        lastMet = nanoTime.getAsLong();
        if (met.getAndIncrement() == 0) {
            begin.run();
        }
    }

    /** To be called when something changes that may be the end of it. */
    void check() {
        if (met.get() > 0 && nanoTime.getAsLong() - lastMet > OVER_NANOS) {
            long total = met.getAndSet(0);
            if (total > 0) {
                end.accept(total);
            }
        }
    }
}
