package io.socksgateway.testkit;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The times for which this machine has let nothing run here: it was stopped, swapped out or busy with others. Whoever says
 * that something took too long takes them off.
 *
 * <p>Seen by a thread that wants to run every few milliseconds, from the first use on. Thread-safe.
 */
public final class Pauses {

    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(10);
    /** What is no pause yet. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long KEPT = TimeUnit.MINUTES.toNanos(10);

    private static final Deque<Pause> SEEN = new ConcurrentLinkedDeque<>();
    private static volatile long lastBeat = System.nanoTime();

    private static final Thread WATCH = watching();

    private static Thread watching() {
        Thread thread = new Thread(Pauses::watch, "test-pauses");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Pauses() {}

    /** Sees them from now on. */
    static void begin() {
        if (!WATCH.isAlive()) {
            throw new IllegalStateException("nobody watches for pauses");
        }
    }

    /** Both in the nanoseconds of {@link System#nanoTime}. */
    private record Pause(long begin, long end) {
        long since(long moment) {
            return Math.max(0, end - Math.max(begin, moment));
        }
    }

    private static void watch() {
        while (true) {
            LockSupport.parkNanos(BEAT);
            Pause pause = current();
            lastBeat = pause.end();
            if (pause.since(pause.begin()) > LATE) {
                SEEN.addLast(pause);
            }
            Pause oldest = SEEN.peekFirst();
            if (oldest != null && pause.end() - oldest.end() > KEPT) {
                SEEN.removeFirst();
            }
        }
    }

    /** The one that the thread has not noticed yet, if it is one. */
    private static Pause current() {
        return new Pause(lastBeat + BEAT, System.nanoTime());
    }

    /** Milliseconds of pauses since a moment in the last ten minutes, in the nanoseconds of {@link System#nanoTime}. */
    public static long millisSince(long moment) {
        long unnoticed = current().since(moment);
        long nanos = unnoticed > LATE ? unnoticed : 0;
        for (Pause pause : SEEN) {
            nanos += pause.since(moment);
        }
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
