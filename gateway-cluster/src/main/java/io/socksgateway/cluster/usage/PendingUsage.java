package io.socksgateway.cluster.usage;

import io.socksgateway.core.quota.TrafficUsage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be written, of each counter the newest only, and who waits for that.
 *
 * <p>Nobody waits longer than a patience; and if anybody has waited for so long, or writing has failed, nobody does until it
 * has succeeded.
 *
 * <p>Thread-safe.
 */
final class PendingUsage {

    private static final Future<Void> AT_ONCE = Future.succeededFuture();

    private Map<String, TrafficUsage> waiting = new HashMap<>();
    /** For all that waits now. */
    private Promise<Void> written = Promise.promise();

    private boolean timed;
    private boolean behind;
    private int underWay;
    private final long patience;

    /**
     * Nothing waits.
     *
     * @param patience milliseconds
     */
    PendingUsage(long patience) {
        this.patience = patience;
    }

    /** What is to be written together; whoever took it has the map alone. */
    record Batch(Map<String, TrafficUsage> usages, Promise<Void> written) {}

    /** Adds what is known of a counter now; completed when it is written or that is not to be waited for. */
    synchronized Future<Void> put(String counter, TrafficUsage usage) {
        // who reads a copy may be overtaken by who changes it
        waiting.merge(counter, usage, (known, told) -> told.merge(known));
        if (behind) {
            return AT_ONCE;
        }
        if (!timed) {
            timed = true;
            Promise<Void> promise = written;
            // not on the thread that writes, which may hang in the database
            CompletableFuture.delayedExecutor(patience, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> impatient(promise));
        }
        return written.future();
    }

    private void impatient(Promise<Void> promise) {
        if (!promise.future().isComplete()) {
            fallBehind();
            boolean unused = promise.tryComplete();
        }
    }

    private synchronized void fallBehind() {
        behind = true;
    }

    /** All that waits. */
    synchronized Batch take() {
        Batch batch = new Batch(waiting, written);
        underWay = waiting.size();
        waiting = new HashMap<>();
        written = Promise.promise();
        timed = false;
        return batch;
    }

    /** A batch was written. */
    void succeeded(Batch batch) {
        synchronized (this) {
            underWay = 0;
            behind = false;
        }
        boolean unused = batch.written.tryComplete();
    }

    /** A batch could not be written: it waits again, with what has changed meanwhile. */
    void failed(Batch batch) {
        Promise<Void> others;
        synchronized (this) {
            underWay = 0;
            behind = true;
            Map<String, TrafficUsage> all = batch.usages;
            waiting.forEach((counter, usage) -> all.merge(counter, usage, (old, told) -> told.merge(old)));
            waiting = all;
            others = written;
            written = Promise.promise();
            timed = false;
        }
        boolean unused = batch.written.tryComplete();
        unused = others.tryComplete();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many counters are not written. */
    synchronized int size() {
        return waiting.size() + underWay;
    }
}
