package io.socksgateway.cluster;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.QuotaStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that answers when and what the test says, and keeps a list of what was released. */
final class ScriptedStore implements QuotaStore {

    private final Map<String, Promise<Boolean>> pending = new LinkedHashMap<>();
    private final List<String> released = new ArrayList<>();
    private @Nullable RuntimeException thrown;
    private boolean closed;
    private int reserved;
    private final QuotaStore octets = new LocalQuotaStore();

    @Override
    public synchronized Future<Boolean> acquire(String counter, SessionLimit limit) {
        if (thrown != null) {
            throw thrown;
        }
        return pending.computeIfAbsent(counter, name -> Promise.promise()).future();
    }

    @Override
    public synchronized void release(String counter) {
        released.add(counter);
    }

    @Override
    public synchronized Future<Answer> reserve(String counter, Ask ask, Supply supply) {
        reserved++;
        return octets.reserve(counter, ask, supply);
    }

    @Override
    public long now() {
        return octets.now();
    }

    @Override
    public synchronized Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    void answer(String counter, boolean granted) {
        take(counter).complete(granted);
    }

    void fail(String counter, Throwable cause) {
        take(counter).fail(cause);
    }

    void throwing(RuntimeException cause) {
        thrown = cause;
    }

    synchronized Set<String> pending() {
        return Set.copyOf(pending.keySet());
    }

    synchronized List<String> released() {
        return List.copyOf(released);
    }

    /** How often octets were asked for. */
    synchronized int reserved() {
        return reserved;
    }

    synchronized boolean closed() {
        return closed;
    }

    private synchronized Promise<Boolean> take(String counter) {
        Promise<Boolean> promise = pending.remove(counter);
        if (promise == null) {
            throw new AssertionError(counter + " was not asked for, but " + pending.keySet());
        }
        return promise;
    }
}
