package io.socksgateway.deploy.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the times that the configuration was read again.
 *
 * <p>Thread-safe.
 */
public final class ReloadCounts {

    private final LongAdder applied = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong lastApplied = new AtomicLong();
    private volatile boolean lastWentWell = true;

    /**
     * The configuration that was read is in force.
     *
     * @param now milliseconds since 1970
     */
    public void applied(long now) {
        applied.increment();
        lastWentWell = true;
        lastApplied.set(now);
    }

    /** The one of before stays in force. */
    public void refused() {
        refused.increment();
        lastWentWell = false;
    }

    long allApplied() {
        return applied.sum();
    }

    long allRefused() {
        return refused.sum();
    }

    /** Whether the last one is in force; also if there was none yet. */
    boolean lastWentWell() {
        return lastWentWell;
    }

    /** Seconds since 1970; 0 if it has not happened. */
    double lastApplied() {
        return lastApplied.get() / 1_000.0;
    }
}
