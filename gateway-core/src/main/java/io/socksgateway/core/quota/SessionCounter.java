package io.socksgateway.core.quota;

import java.util.UUID;

/**
 * All that is known of the sessions of one counter: those that are open, and those that have started just now. Both limits
 * are decided on in one step, so that a session which one of them refuses does not count for the other.
 *
 * <p>Each answer says whether there is plenty of room. For {@value #TRUST} ms from then on a node may tell a little later what
 * has ended, and give it to its next session itself. When room becomes scarce, refusals are not final until no node does so
 * any more: who is refused asks once again. So nothing is refused for the sake of what has ended.
 *
 * <p>Immutable.
 *
 * @param scarceSince when room became scarce, in milliseconds of the cluster's clock; 0 if there is plenty
 */
public record SessionCounter(SessionShares open, RecentStarts recent, long scarceSince) {

    public SessionCounter {
        scarceSince = open.isEmpty() ? 0 : scarceSince;
    }

    /** Nothing open, nothing started. */
    public static final SessionCounter NONE = new SessionCounter(SessionShares.NONE, RecentStarts.NONE);

    /** Milliseconds from its ask in which a node may act on the answer that there is plenty of room. */
    public static final long TRUST = 4_000;

    /** Milliseconds after that until everybody's releases have arrived. */
    private static final long ARRIVING = 1_000;

    /** Room is scarce from this part of the limit on. */
    private static final int SCARCE_PART = 8;

    /** One with plenty of room. */
    public SessionCounter(SessionShares open, RecentStarts recent) {
        this(open, recent, 0);
    }

    /**
     * The answer to {@link #admit}.
     *
     * @param granted how many more sessions the node may open, 0 if none
     * @param isFinal whether asking again would be in vain; if not, what has ended on other nodes may be on its way
     */
    public record Admission(SessionCounter counter, int granted, boolean isFinal) {}

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
        boolean byOpen = grant.granted() < startable;
        boolean alone = settled.without(node).open(now) == 0;
        long since = wanted == 0 ? scarceSince : scarceSince(grant.shares(), limit, now);
        boolean isFinal = !byOpen || alone || now - since >= TRUST + ARRIVING;
        return new Admission(new SessionCounter(grant.shares(), starts, since), grant.granted(), isFinal);
    }

    private long scarceSince(SessionShares shares, SessionLimit limit, long now) {
        if (limit.open() - shares.open(now) > limit.open() / SCARCE_PART) {
            return 0;
        }
        boolean known = scarceSince != 0 && scarceSince <= now; // else the clock was set back
        return known ? scarceSince : now;
    }

    /** Whether there is plenty of room, as of the last ask. */
    public boolean isRoomy() {
        return scarceSince == 0;
    }

    /** The same with other shares. */
    public SessionCounter with(SessionShares shares) {
        return shares.equals(open) ? this : new SessionCounter(shares, recent, scarceSince);
    }

    /** Without what has ended by now: leases, and starts more than a second ago. */
    public SessionCounter unexpired(long now) {
        return new SessionCounter(open.unexpired(now), recent.at(now), scarceSince);
    }

    public boolean isEmpty() {
        return open.isEmpty() && recent.isEmpty();
    }
}
