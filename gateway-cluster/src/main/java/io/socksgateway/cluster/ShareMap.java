package io.socksgateway.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.socksgateway.core.quota.SessionShares;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The counters in the cluster, as one member sees them: an entry for each, changed by processors only.
 *
 * <p>Thread-safe. What returns a stage does not block, and does not throw either.
 */
final class ShareMap {

    /**
     * Milliseconds that a share counts without being renewed. It must outlive the detection of a dead owner of the entry
     * (8 s, see {@link HazelcastSettings}) plus one renewal that this held up, or living nodes would lose their shares with
     * it; and it must be under the 15 s in which the share of a dead node is to be free.
     */
    static final long LEASE = 14_000;

    private static final String NAME = "socks-gateway.sessions.v1";

    private final HazelcastInstance hazelcast;
    private final IMap<String, SessionShares> map;
    private final LongSupplier clusterTime;

    ShareMap(HazelcastInstance hazelcast, LongSupplier clusterTime) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(NAME);
        this.clusterTime = clusterTime;
    }

    /**
     * OBJECT, as only processors read the entries, which saves them from decoding and encoding at each change. When two
     * parts of a split cluster merge, the counts of the smaller part are thrown away: they hold shares of members that no
     * longer exist by that name, and its nodes record anew what they hold.
     */
    static MapConfig config() {
        return new MapConfig(NAME)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(1)
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()));
    }

    CompletionStage<Integer> adjust(String counter, CounterDesk.Round round) {
        return submitted(() -> {
            long now = clusterTime.getAsLong();
            return map.submitToKey(
                    counter, new AdjustShare(self(), round.held(), round.wanted(), round.limit(), now, now + LEASE));
        });
    }

    /** How many sessions each of the counters has for this node, now with a new lease. */
    CompletionStage<Map<String, Integer>> renew(Set<String> counters) {
        return submitted(() -> map.submitToKeys(counters, new RenewLease(self(), clusterTime.getAsLong() + LEASE)));
    }

    /** Drops the shares of these nodes, and those that nobody has renewed. Blocks. */
    void sweep(List<UUID> departed) {
        map.executeOnEntries(new DropShares(departed, clusterTime.getAsLong()));
    }

    /** What a counter holds, of all nodes. Blocks. */
    SessionShares shares(String counter) {
        SessionShares shares = map.get(counter);
        return shares == null ? SessionShares.NONE : shares;
    }

    /** How many members are in sight; 0 if this one has left. */
    int members() {
        return members(Set::size, 0);
    }

    /** Whether this is the oldest of the members. */
    boolean oldest() {
        return members(members -> members.iterator().next().localMember(), false);
    }

    private <T> T members(Function<Set<Member>, T> question, T afterwards) {
        try {
            return question.apply(hazelcast.getCluster().getMembers());
        } catch (HazelcastInstanceNotActiveException e) {
            return afterwards;
        }
    }

    /** Not kept, as a member that was dropped from the cluster comes back under another name. */
    private UUID self() {
        return hazelcast.getCluster().getLocalMember().getUuid();
    }

    private static <T> CompletionStage<T> submitted(Supplier<CompletionStage<T>> operation) {
        try {
            return operation.get();
        } catch (RuntimeException e) {
            // not running any more, for instance
            return CompletableFuture.failedFuture(e);
        }
    }
}
