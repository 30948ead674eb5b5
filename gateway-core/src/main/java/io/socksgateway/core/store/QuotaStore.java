package io.socksgateway.core.store;

import io.socksgateway.core.quota.SessionLimit;
import io.vertx.core.Future;

/**
 * Counts of open sessions by counter name. The store decides and counts in one step, so that a limit holds however many
 * ask at once.
 *
 * <p>Thread-safe; no method blocks.
 */
public interface QuotaStore {

    /**
     * Counts one session more, if that keeps the counter within the limit.
     *
     * @return whether it was counted; fails if the store cannot tell, in which case nothing is counted
     */
    Future<Boolean> acquire(String counter, SessionLimit limit);

    /** Counts one session less, of those that this store has acquired. */
    void release(String counter);

    /** Gives back everything this store has acquired. */
    Future<Void> close();
}
