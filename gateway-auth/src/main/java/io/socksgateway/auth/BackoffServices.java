package io.socksgateway.auth;

import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.store.FailureStore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the slowing of guesses works with beside its rule.
 *
 * <p>Thread-safe.
 *
 * @param cluster what nodes tell each other of bans
 * @param failures where failed logins are counted
 * @param successions what takes the answers of the one away who has started last; nothing at first
 */
public record BackoffServices(
        ClusterBus cluster,
        FailureStore failures,
        LoginCounts counts,
        AtomicReference<@Nullable Runnable> successions) {

    public BackoffServices(ClusterBus cluster, FailureStore failures, LoginCounts counts) {
        this(cluster, failures, counts, new AtomicReference<>());
    }

    /** Whether somebody answers already who knows the bans. */
    boolean hasPredecessor() {
        return successions.get() != null;
    }

    /** Somebody answers from now on, and who has done so before does no more. */
    void succeed(Runnable successor) {
        Runnable before = successions.getAndSet(successor);
        if (before != null) {
            before.run();
        }
    }
}
