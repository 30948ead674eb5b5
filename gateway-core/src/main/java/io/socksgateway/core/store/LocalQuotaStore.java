package io.socksgateway.core.store;

import io.vertx.core.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts of one node, in memory.
 *
 * <p>Thread-safe.
 */
public final class LocalQuotaStore implements QuotaStore {

    private static final Future<Boolean> YES = Future.succeededFuture(true);
    private static final Future<Boolean> NO = Future.succeededFuture(false);

    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public Future<Boolean> acquire(String counter, int limit) {
        boolean[] granted = new boolean[1];
        counts.compute(counter, (name, held) -> {
            int count = held == null ? 0 : held;
            granted[0] = count < limit;
            return granted[0] ? Integer.valueOf(count + 1) : held;
        });
        return granted[0] ? YES : NO;
    }

    @Override
    public void release(String counter) {
        counts.computeIfPresent(counter, (name, held) -> held > 1 ? held - 1 : null);
    }

    @Override
    public Future<Void> close() {
        counts.clear();
        return Future.succeededFuture();
    }
}
