package io.socksgateway.testkit;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what can only be looked at. */
public final class Eventually {

    private static final int DEADLINE_MILLIS = 30_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Eventually() {}

    /** Looks until it is so; fails after 30 seconds. */
    public static void isTrue(String what, Callable<Boolean> condition) throws Exception {
        if (!within(DEADLINE_MILLIS, condition)) {
            throw new AssertionError("not in 30 s: " + what);
        }
    }

    /** Looks until it is so, for at most so many milliseconds; returns whether it was. */
    public static boolean within(int millis, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(millis)) {
                return false;
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

    /** Looks until it has not changed for so many milliseconds, and returns it; fails after 30 seconds. */
    public static <T> T settled(int millis, Callable<T> observed) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        T last = observed.call();
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(millis)) {
            T now = observed.call();
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still changing after 30 s: " + last);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return last;
    }
}
