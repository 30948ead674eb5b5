package io.socksgateway.core.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of one counter, each node's share kept apart, so that the share of a node that died can be taken out
 * without touching the others.
 *
 * <p>A share counts until its lease ends, unless its node renews it. Times are milliseconds of the cluster's clock, given
 * by the caller: the same input always makes the same output, wherever it is computed again.
 *
 * <p>A clock may be set, and the cluster's follows that of its oldest node. So a lease that ends, or has ended, further away
 * than any lease does was given by another clock: it neither frees what is open nor binds what is dead for an hour, but ends
 * {@value #OTHER_CLOCK} ms after it was noticed, unless its node renews it.
 *
 * <p>Immutable.
 *
 * @param byNode the shares above zero
 */
public record SessionShares(Map<UUID, Share> byNode) {

    /** Nobody holds anything. */
    public static final SessionShares NONE = new SessionShares(Map.of());

    /** Milliseconds. Ended leases are looked for every minute, and none is longer. */
    private static final long FURTHEST = 120_000;

    /** Milliseconds: a node that lives renews its leases several times in that. */
    private static final long OTHER_CLOCK = 20_000;

    public SessionShares {
        byNode = Map.copyOf(byNode);
    }

    /**
     * What one node holds.
     *
     * @param held open sessions, 1 or more
     * @param leaseUntil from this time on the share counts no more
     */
    public record Share(int held, long leaseUntil) {

        public Share {
            if (held < 1) {
                throw new IllegalArgumentException("held: " + held + " (expected: 1 or more)");
            }
        }
    }

    /**
     * The answer to {@link #acquire}.
     *
     * @param granted how many more sessions the node may open, 0 if none
     */
    public record Grant(SessionShares shares, int granted) {}

    /** How many sessions count at this time. */
    public long open(long now) {
        return byNode.values().stream()
                .filter(share -> counts(share, now))
                .mapToLong(Share::held)
                .sum();
    }

    /** How many sessions the node has, whether its lease has ended or not. */
    public int heldBy(UUID node) {
        Share share = byNode.get(node);
        return share == null ? 0 : share.held();
    }

    public boolean isEmpty() {
        return byNode.isEmpty();
    }

    /**
     * Grants a node as many of the wanted sessions as the limit has room for, and renews its lease if it gets any. The
     * asker is alive, so its own share counts even if the lease has ended; the ended ones of others are dropped.
     *
     * @param wanted 0 or more
     */
    public Grant acquire(UUID node, int wanted, int limit, long now, long leaseUntil) {
        if (wanted < 0) {
            throw new IllegalArgumentException("wanted: " + wanted + " (expected: 0 or more)");
        }
        int held = heldBy(node);
        SessionShares others = without(node).unexpired(now);
        int granted = (int) Math.max(0, Math.min(wanted, limit - held - others.open(now)));
        return granted == 0 ? new Grant(this, 0) : new Grant(others.settle(node, held + granted, leaseUntil), granted);
    }

    /**
     * Sets the share of a node to what it really holds: for its releases, for the renewal of its lease, and when it was
     * wrongly taken for dead. What is open counts even if that is more than a limit; then nothing new is granted until
     * enough has ended.
     *
     * @param held 0 or more
     */
    public SessionShares settle(UUID node, int held, long leaseUntil) {
        return with(node, held == 0 ? null : new Share(held, leaseUntil));
    }

    /** The shares after the death of a node. */
    public SessionShares without(UUID node) {
        return with(node, null);
    }

    /** The shares whose lease has not ended. */
    public SessionShares unexpired(long now) {
        if (byNode.values().stream().allMatch(share -> counts(share, now) && !ofOtherClock(share, now))) {
            return this;
        }
        Map<UUID, Share> shares = new HashMap<>(byNode);
        shares.values().removeIf(share -> !counts(share, now));
        shares.replaceAll(
                (node, share) -> ofOtherClock(share, now) ? new Share(share.held(), now + OTHER_CLOCK) : share);
        return new SessionShares(shares);
    }

    private static boolean counts(Share share, long now) {
        return share.leaseUntil() > now || ofOtherClock(share, now);
    }

    private static boolean ofOtherClock(Share share, long now) {
        return Math.abs(share.leaseUntil() - now) > FURTHEST;
    }

    private SessionShares with(UUID node, @Nullable Share share) {
        if (share == null && !byNode.containsKey(node)) {
            return this;
        }
        Map<UUID, Share> shares = new HashMap<>(byNode);
        if (share == null) {
            shares.remove(node);
        } else {
            shares.put(node, share);
        }
        return new SessionShares(shares);
    }
}
