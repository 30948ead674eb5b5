package io.socksgateway.core.quota;

import java.util.UUID;

/**
 * All that is known of the sessions of one counter: those that are open, and those that have started just now. Both limits
 * are decided on in one step, so that a session which one of them refuses does not count for the other.
 *
 * <p>Immutable.
 */
public record SessionCounter(SessionShares open, RecentStarts recent) {

    /** Nothing open, nothing started. */
    public static final SessionCounter NONE = new SessionCounter(SessionShares.NONE, RecentStarts.NONE);

    /**
     * The answer to {@link #admit}.
     *
     * @param granted how many more sessions the node may open, 0 if none
     */
    public record Admission(SessionCounter counter, int granted) {}

    /**
     * Records what a node holds, and grants it as many of the wanted sessions as both limits have room for.
     *
     * @param held what the node really has open
     * @param wanted 0 or more
     */
    public Admission admit(UUID node, int held, int wanted, SessionLimit limit, long now, long leaseUntil) {
        SessionShares settled = open.settle(node, held, leaseUntil);
        int startable = limit.perSecond() == SessionLimit.UNLIMITED
                ? wanted
                : Math.min(wanted, recent.room(limit.perSecond(), now));
        SessionShares.Grant grant = settled.acquire(node, startable, limit.open(), now, leaseUntil);
        RecentStarts starts =
                limit.perSecond() == SessionLimit.UNLIMITED ? recent.at(now) : recent.plus(grant.granted(), now);
        return new Admission(new SessionCounter(grant.shares(), starts), grant.granted());
    }

    /** The same with other shares. */
    public SessionCounter with(SessionShares shares) {
        return shares.equals(open) ? this : new SessionCounter(shares, recent);
    }

    /** Without what has ended by now: leases, and starts more than a second ago. */
    public SessionCounter unexpired(long now) {
        return new SessionCounter(open.unexpired(now), recent.at(now));
    }

    public boolean isEmpty() {
        return open.isEmpty() && recent.isEmpty();
    }
}
