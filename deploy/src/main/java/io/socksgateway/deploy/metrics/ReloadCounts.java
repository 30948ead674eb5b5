package io.socksgateway.deploy.metrics;

import java.util.OptionalLong;
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

    /** When the one under way takes too long, in nanoseconds of the same clock as that of {@link System#nanoTime}. */
    private volatile OptionalLong due = OptionalLong.empty();

    /**
     * One has begun.
     *
     * @param patience nanoseconds that it may take
     */
    public void begun(long patience) {
        due = OptionalLong.of(System.nanoTime() + patience);
    }

    /** Whether one is under way that takes too long. */
    public boolean isLate() {
        OptionalLong end = due;
        return end.isPresent() && System.nanoTime() - end.getAsLong() >= 0;
    }

    /**
     * The configuration that was read is in force.
     *
     * @param now milliseconds since 1970
     */
    public void applied(long now) {
        applied.increment();
        lastWentWell = true;
        lastApplied.set(now);
        due = OptionalLong.empty();
    }

    /** The one of before stays in force. */
    public void refused() {
        refused.increment();
        lastWentWell = false;
        due = OptionalLong.empty();
    }

    long allApplied() {
        return applied.sum();
    }

    long allRefused() {
        return refused.sum();
    }

    /** Whether the last one is in force, also if there was none yet; not while one takes too long. */
    public boolean lastWentWell() {
        return lastWentWell && !isLate();
    }

    /** Seconds since 1970; 0 if it has not happened. */
    double lastApplied() {
        return lastApplied.get() / 1_000.0;
    }
}
