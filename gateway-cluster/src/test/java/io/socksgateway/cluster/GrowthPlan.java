package io.socksgateway.cluster;

import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.SessionLimit;

/**
 * What is simulated: a cluster with its load, and what befalls it. Times are seconds unless the name says otherwise.
 *
 * <p>Immutable.
 *
 * @param latencyMicros one way between two nodes, at least; as much again on average comes on top, by chance
 * @param arrivals new sessions a second and node
 * @param duration of a session, on average
 * @param skew of the subjects' popularity, see {@code Popularity}
 * @param metered the part of the subjects that have limits on octets
 * @param demand octets a second of each session of theirs
 * @param bandwidth octets a second, of each of them
 * @param traffic octets a day, of each of them
 * @param probes nodes on which one greedy session shares a bandwidth with the others
 * @param killed nodes that are lost at once
 * @param splitOff the part of the nodes that a split of the network cuts off
 */
record GrowthPlan(
        int nodes,
        int subjects,
        long seed,
        PartitionPolicy policy,
        int minimumMembers,
        long latencyMicros,
        double arrivals,
        double duration,
        double skew,
        SessionLimit limit,
        double metered,
        long demand,
        long bandwidth,
        long traffic,
        int probes,
        int killed,
        double splitOff,
        Schedule schedule) {

    /**
     * When it happens.
     *
     * @param measured from then on, for {@code window}
     * @param frozen a node stands still until {@code thawed}
     * @param split the network is cut until {@code healed}
     * @param end no session begins or ends any more
     */
    record Schedule(int measured, int window, int killed, int frozen, int thawed, int split, int healed, int end) {

        static final Schedule USUAL = new Schedule(20, 10, 30, 46, 60, 76, 92, 114);
    }

    /** How many nodes a split cuts off: never half of them. */
    int splitOffNodes() {
        return Math.min((nodes - 1) / 2, Math.max(1, (int) Math.round(nodes * splitOff)));
    }

    /** One of so many subjects is metered, whatever its rank, and the most popular one is. */
    int everyMetered() {
        return (int) Math.max(1, Math.round(1 / metered));
    }

    boolean isMetered(int subject) {
        return metered > 0 && subject % everyMetered() == 0;
    }
}
