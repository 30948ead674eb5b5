package io.socksgateway.testkit;

import java.util.concurrent.TimeUnit;

/** The time since something has begun: all of it for what must not be too early, without pauses for what must not be too late. */
public final class Stopwatch {

    private final long start = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        Pauses.begin();
        return new Stopwatch();
    }

    /** Milliseconds until now. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Milliseconds until now for which this machine has let nothing run. */
    public long paused() {
        return Pauses.millisSince(start);
    }

    /** Milliseconds until now without {@linkplain Pauses pauses}. */
    public long awake() {
        long all = millis();
        return all - Math.min(all, paused());
    }
}
