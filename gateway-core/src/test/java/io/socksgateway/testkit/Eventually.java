package io.socksgateway.testkit;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what can only be looked at. */
public final class Eventually {

    private static final int DEADLINE_MILLIS = 30_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** The longest between two looks that counts. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Eventually() {}

    /** Looks until it is so; fails after 30 seconds. */
    public static void isTrue(String what, Callable<Boolean> condition) throws Exception {
        if (!within(DEADLINE_MILLIS, condition)) {
            throw new AssertionError("not in 30 s: " + what);
        }
    }

    /** Looks until it is so, for at most so many milliseconds and once afterwards; returns whether it was. */
    public static boolean within(int millis, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(millis)) {
                return condition.call();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Takes the next element of a queue; fails after 30 seconds. */
    public static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("not in 30 s: " + what);
        }
        return next;
    }

    /**
     * Looks until it has not changed for so many milliseconds, and returns it; fails after 30 seconds. Milliseconds in which
     * this thread could not look do not count, as what it looks at may have stood still for the same reason.
     */
    public static <T> T settled(int millis, Callable<T> observed) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        T last = observed.call();
        long quiet = 0;
        long before = System.nanoTime();
        while (quiet < TimeUnit.MILLISECONDS.toNanos(millis)) {
            LockSupport.parkNanos(PAUSE_NANOS);
            T now = observed.call();
            long time = System.nanoTime();
            quiet = now.equals(last) ? quiet + Math.min(LOOK_NANOS, time - before) : 0;
            before = time;
            last = now;
            if (time > deadline) {
                throw new AssertionError("still changing after 30 s: " + last);
            }
        }
        return last;
    }
}
