package io.socksgateway.core.store;

import io.socksgateway.core.quota.Reservation;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.vertx.core.Future;

/**
 * Counts of sessions and octets by counter name. The store decides and counts in one step, so that a limit holds however
 * many ask at once.
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

    /**
     * Settles what a node has moved under a counter and reserves what it wants to move next.
     *
     * @return fails if the store cannot tell; it may then have been done or not
     */
    Future<Reservation.Answer> reserve(String counter, Reservation.Ask ask, Supply supply);

    /** The time by which this store counts periods, in milliseconds since 1970. */
    long now();

    /** Waits until the store grants, as far as that is its own affair: one that has just stood still does not for a while. */
    default Future<Void> steady() {
        return Future.succeededFuture();
    }

    /** Gives back all sessions that this store has acquired. */
    Future<Void> close();
}
