package io.socksgateway.cluster;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what will come, with a deadline. */
final class Await {

    private static final long PAUSE = 20;

    private Await() {}

    @CanIgnoreReturnValue
    static <T> T result(Future<T> future) throws TimeoutException {
        return future.await(40, TimeUnit.SECONDS);
    }

    /** Asks again and again until the answer is right; fails with the last answer after so many milliseconds. */
    static <T> void until(Vertx vertx, long deadline, Supplier<Future<T>> question, Predicate<T> right)
            throws TimeoutException {
        Promise<T> promise = Promise.promise();
        ask(vertx, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadline), question, right, promise);
        promise.future().await(deadline + 20_000, TimeUnit.MILLISECONDS);
    }

    private static <T> void ask(
            Vertx vertx, long until, Supplier<Future<T>> question, Predicate<T> right, Promise<T> promise) {
        question.get().onComplete(answer -> {
            if (answer.succeeded() && right.test(answer.result())) {
                promise.complete(answer.result());
            } else if (System.nanoTime() - until > 0) {
                promise.fail(new AssertionError("still " + answer));
            } else {
                vertx.setTimer(PAUSE, id -> ask(vertx, until, question, right, promise));
            }
        });
    }

    /** Waits up to 40 s for something that shows without being asked. */
    static void until(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            try {
                if (System.nanoTime() - until > 0 || never.await(1, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("did not happen in time");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
