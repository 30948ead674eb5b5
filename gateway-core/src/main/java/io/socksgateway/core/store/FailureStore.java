package io.socksgateway.core.store;

import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginTally;
import io.vertx.core.Future;

/**
 * Where failed logins are counted, each under a key of {@link io.socksgateway.core.quota.LoginSubject}. What an attacker can make it
 * remember is bounded: the entries that are not touched for longest go first.
 *
 * <p>Thread-safe; no method blocks. Answers on the context of the caller.
 */
public interface FailureStore {

    /**
     * Counts a failure. Never fails: if others cannot be asked, what is known here counts.
     *
     * @param user stands for the user whose password was wrong
     */
    Future<LoginTally> failed(String key, int user, BackoffRule rule);

    /** Forgives the failures of the user. Fails if others cannot be asked; here they are forgiven. */
    Future<LoginTally> succeeded(String key, int user, BackoffRule rule);

    /** Forgets a key, bans in a row included. */
    void clear(String key);
}
