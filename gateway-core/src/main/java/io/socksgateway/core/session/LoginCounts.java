package io.socksgateway.core.session;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of logins since the start of this node, for metrics.
 *
 * <p>Thread-safe.
 */
public final class LoginCounts {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder banned = new LongAdder();
    private final LongAdder bans = new LongAdder();

    /** Credentials that were right. */
    public LongAdder accepted() {
        return accepted;
    }

    /** Credentials that were wrong. */
    public LongAdder failed() {
        return failed;
    }

    /** Logins of banned clients and users, about whom nobody was asked. */
    public LongAdder banned() {
        return banned;
    }

    /** Bans that began because of a login at this node. */
    public LongAdder bans() {
        return bans;
    }
}
