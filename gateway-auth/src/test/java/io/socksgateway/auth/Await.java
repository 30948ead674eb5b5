package io.socksgateway.auth;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for futures, with a deadline. */
final class Await {

    private Await() {}

    @CanIgnoreReturnValue
    static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no result in time", e);
        }
    }

    static <T> Throwable failure(Future<T> future) {
        return result(future.transform(done -> done.succeeded()
                ? Future.failedFuture("expected a failure, got " + done.result())
                : Future.succeededFuture(done.cause())));
    }

    /** Starts something on the context and gives its result back. */
    static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(start -> work.get().onComplete(promise));
        return promise.future();
    }
}
