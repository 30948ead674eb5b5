package io.socksgateway.core.store;

import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginFailures;
import io.socksgateway.core.quota.LoginTally;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the failed logins of this node, of the 100,000 who have failed last.
 *
 * <p>Thread-safe.
 */
public final class LocalFailureStore implements FailureStore {

    static final int MAX_ENTRIES = 100_000;

    private final LongSupplier millis;
    /** Least recently used first. */
    private final Map<String, LoginFailures> entries = new LinkedHashMap<>(16, 0.75f, true);

    public LocalFailureStore() {
        long start = System.nanoTime();
        this.millis = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /**
     * @param millis a clock that is never set
     */
    LocalFailureStore(LongSupplier millis) {
        this.millis = millis;
    }

    @Override
    public Future<LoginTally> failed(String key, int user, BackoffRule rule) {
        return Future.succeededFuture(count(key, user, rule));
    }

    /** The same, at once. */
    public synchronized LoginTally count(String key, int user, BackoffRule rule) {
        long now = millis.getAsLong();
        LoginFailures before = entries.getOrDefault(key, LoginFailures.NONE);
        LoginFailures after = (before.memory(now, rule) == 0 ? LoginFailures.NONE : before).failed(user, now, rule);
        entries.put(key, after);
        if (entries.size() > MAX_ENTRIES) {
            entries.remove(entries.keySet().iterator().next());
        }
        return after.tally(now, rule);
    }

    @Override
    public Future<LoginTally> succeeded(String key, int user, BackoffRule rule) {
        return Future.succeededFuture(forgive(key, user, rule));
    }

    private synchronized LoginTally forgive(String key, int user, BackoffRule rule) {
        LoginFailures left = entries.computeIfPresent(key, (same, failures) -> failures.succeeded(user));
        return (left == null ? LoginFailures.NONE : left).tally(millis.getAsLong(), rule);
    }

    @Override
    public synchronized void clear(String key) {
        entries.remove(key);
    }

    synchronized int size() {
        return entries.size();
    }
}
