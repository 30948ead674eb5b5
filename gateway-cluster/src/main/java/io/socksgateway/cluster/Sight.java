package io.socksgateway.cluster;

import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import java.util.Optional;

/**
 * What a node grants with so many members in sight: fewer than the least may be the smaller part of a split cluster.
 *
 * <p>Immutable.
 *
 * @param minimumMembers the least, 1 or more
 * @param nodes how many there are when nothing is wrong
 */
record Sight(int minimumMembers, int nodes, PartitionPolicy policy) {

    /** Whether no side of a split cluster may grant what another grants too, not even before it knows of the split. */
    boolean isCautious() {
        return minimumMembers > 1 && policy != PartitionPolicy.ALLOW;
    }

    /** Why nothing may be granted, if so. */
    Optional<String> obstacle(int members) {
        return members < minimumMembers && (policy == PartitionPolicy.DENY || members == 0)
                ? Optional.of("members in sight: " + members + " (expected: at least " + minimumMembers + ")")
                : Optional.empty();
    }

    /** The part of a limit that those in sight may grant. */
    SessionLimit limit(SessionLimit whole, int members) {
        return new SessionLimit(part(whole.open(), members), part(whole.perSecond(), members));
    }

    private int part(int limit, int members) {
        return limit == SessionLimit.UNLIMITED ? limit : (int) part((long) limit, members);
    }

    /**
     * The part of a traffic or bandwidth that those in sight may grant. Of a bandwidth they have theirs even where nothing
     * new is granted: it is not used up, and the sessions that are there shall not stand still.
     */
    Supply supply(Supply whole, int members) {
        if (whole instanceof Supply.Rate rate) {
            return new Supply.Rate(Math.max(1, part(rate.octetsPerSecond(), members)));
        }
        Supply.Budget budget = (Supply.Budget) whole;
        return new Supply.Budget(budget.period(), part(budget.octets(), members));
    }

    private long part(long limit, int members) {
        boolean whole = members >= minimumMembers || policy == PartitionPolicy.ALLOW;
        return whole || members >= nodes ? limit : (long) ((double) limit * members / nodes);
    }
}
