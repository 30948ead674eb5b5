package io.socksgateway.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for futures, and for what shows without being told, with a deadline. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /** The result of a future; throws what it has failed with. */
    @CanIgnoreReturnValue
    public static <T> T result(Future<T> future) {
        return within(DEADLINE, future);
    }

    private static <T> T within(Duration deadline, Future<T> future) {
        try {
            return future.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result in " + deadline.toSeconds() + " s", e);
        }
    }

    /** What a future has failed with. */
    public static <T> Throwable failure(Future<T> future) {
        return result(future.transform(done -> done.succeeded()
                ? Future.failedFuture("expected a failure, got " + done.result())
                : Future.succeededFuture(done.cause())));
    }

    /** Starts something on the context and gives its result back. */
    public static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(start -> work.get().onComplete(promise));
        return promise.future();
    }

    /** Asks again and again until the answer is right; fails with the last answer after so many milliseconds. */
    public static <T> void until(Vertx vertx, long deadline, Supplier<Future<T>> question, Predicate<T> right) {
        Promise<T> promise = Promise.promise();
        ask(vertx, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadline), question, right, promise);
        within(DEADLINE.plusMillis(deadline), promise.future());
    }

    private static <T> void ask(
            Vertx vertx, long until, Supplier<Future<T>> question, Predicate<T> right, Promise<T> promise) {
        question.get().onComplete(answer -> {
            if (answer.succeeded() && right.test(answer.result())) {
                promise.complete(answer.result());
            } else if (System.nanoTime() - until > 0) {
                promise.fail(new AssertionError("still " + answer));
            } else {
                vertx.setTimer(PAUSE_MILLIS, id -> ask(vertx, until, question, right, promise));
            }
        });
    }

    public static void until(BooleanSupplier condition) {
        until("what was waited for", condition);
    }

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
