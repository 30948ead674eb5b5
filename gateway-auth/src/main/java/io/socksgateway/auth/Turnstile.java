package io.socksgateway.auth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets so many tasks run at a time; others wait for a place, up to a number and for a while, first come, first served.
 *
 * <p>Confined to its event loop.
 */
final class Turnstile {

    static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);

    private final String name;
    private final int places;
    private final long patience;
    private final LongSupplier clock;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private boolean admitting;
    private boolean overloaded;

    /**
     * @param name for the log
     * @param places tasks at a time
     * @param patience nanoseconds after which one that waits is not wanted any more
     * @param clock nanoseconds, monotonic
     */
    Turnstile(String name, int places, long patience, LongSupplier clock) {
        this.name = name;
        this.places = places;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Runs a task now or when there is a place. Its place is free again when its future completes.
     *
     * @return the task's; fails with {@link OverloadException} if it was not run
     */
    <T> Future<T> pass(Supplier<Future<T>> task) {
        if (running < places) {
            return run(task);
        }
        if (waiting.size() >= MAX_WAITING) {
            return Future.failedFuture(tooMany());
        }
        long since = clock.getAsLong();
        Promise<T> promise = Promise.promise();
        waiting.add(() -> {
            if (clock.getAsLong() - since >= patience) {
                promise.fail(new OverloadException("the login waited for too long"));
            } else {
                run(task).onComplete(promise);
            }
        });
        return promise.future();
    }

    private <T> Future<T> run(Supplier<Future<T>> task) {
        running++;
        return Future.succeededFuture().compose(start -> task.get()).onComplete(done -> {
            running--;
            next();
        });
    }

    /** One task that ends at once makes room for the next: in a loop, not in each other. */
    private void next() {
        if (admitting) {
            return;
        }
        admitting = true;
        while (running < places && !waiting.isEmpty()) {
            waiting.remove().run();
        }
        admitting = false;
        overloaded &= waiting.size() > MAX_WAITING / 2;
    }

    /** Logged when it begins, and not again until half of the queue is gone. */
    private OverloadException tooMany() {
        OverloadException overload = new OverloadException("too many logins at once");
        if (!overloaded) {
            LOG.warn("authenticator {}: {}: {} wait for an answer", name, overload.getMessage(), waiting.size());
            overloaded = true;
        }
        return overload;
    }
}
