package io.socksgateway.core.store;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a clock that can be set has gone on for an hour as one that cannot: what it says is enough to delete something by.
 *
 * <p>Confined to one thread.
 */
public final class SteadyClock {

    /** Milliseconds. */
    private static final long LONG_ENOUGH = 3_600_000;

    /** Milliseconds that it may be slewed. */
    private static final long TOLERANCE = 60_000;

    private final LongSupplier millis;
    private final LongSupplier nanoTime;
    private long offset;
    private long since;

    /**
     * One that has to prove itself from now on.
     *
     * @param millis since 1970
     * @param nanoTime {@link System#nanoTime}, or a test's
     */
    public SteadyClock(LongSupplier millis, LongSupplier nanoTime) {
        this.millis = millis;
        this.nanoTime = nanoTime;
        this.since = elapsed();
        this.offset = millis.getAsLong() - since;
    }

    private long elapsed() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }

    /** To be called every now and then. */
    public boolean isSteady() {
        long now = elapsed();
        long apart = millis.getAsLong() - now;
        if (Math.abs(apart - offset) > TOLERANCE) {
            offset = apart;
            since = now;
        }
        return now - since >= LONG_ENOUGH;
    }
}
