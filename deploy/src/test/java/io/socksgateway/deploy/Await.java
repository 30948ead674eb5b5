package io.socksgateway.deploy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits, with a deadline, for what shows without being told. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /** Looks again and again until it holds. */
    public static void until(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            try {
                if (System.nanoTime() - end > 0 || never.await(5, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("not within " + deadline.toSeconds() + " s: " + what);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
