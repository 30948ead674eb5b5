package io.socksgateway.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionShares;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The counters in the cluster, as one member sees them: an entry for each, changed by processors only.
 *
 * <p>Thread-safe.
 */
final class ShareMap {

    /**
     * Milliseconds that a share counts without being renewed. A dead member costs its share as soon as it is noticed, which
     * takes 8 s (see {@link HazelcastSettings}); the lease is for when it is not. It must be longer than what can hold up a
     * renewal, or the living would lose their shares in entries of a dead owner: one renewal missed (3 s), the owner
     * noticed (8 s), entries on the move when it died (3 s more).
     */
    static final long LEASE = 20_000;

    static final String NAME = "socks-gateway.sessions.v1";

    private final HazelcastInstance hazelcast;
    private final IMap<String, SessionCounter> map;
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

    /** Records what the node holds, and asks for more. Does not block, nor throw. */
    CompletionStage<Standing> adjust(String counter, CounterDesk.Round round) {
        try {
            long now = clusterTime.getAsLong();
            return map.submitToKey(
                    counter, new AdjustShare(self(), round.held(), round.wanted(), round.limit(), now, now + LEASE));
        } catch (RuntimeException e) {
            // not running any more, for instance
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Records what the node holds of counters that one member keeps, in one message. Blocks only if one has lost its owner
     * meanwhile; does not throw.
     */
    CompletionStage<Map<String, Standing>> settle(Map<String, Integer> held) {
        try {
            return map.submitToKeys(held.keySet(), new SettleShares(self(), held, clusterTime.getAsLong() + LEASE));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The member that keeps a counter; null if there is none right now. */
    @Nullable
    UUID keeper(String counter) {
        try {
            Member owner = hazelcast.getPartitionService().getPartition(counter).getOwner();
            return owner == null ? null : owner.getUuid();
        } catch (HazelcastInstanceNotActiveException e) {
            return null;
        }
    }

    /**
     * How many sessions each of the counters has for this node, now with a new lease. Blocks, also until each entry has an
     * owner; those that have none right now are left out.
     */
    Map<String, Standing> renew(Collection<String> counters) {
        Set<String> owned = counters.stream()
                .filter(counter ->
                        hazelcast.getPartitionService().getPartition(counter).getOwner() != null)
                .collect(Collectors.toSet());
        return map.executeOnKeys(owned, new RenewLease(self(), clusterTime.getAsLong() + LEASE));
    }

    /** Drops the shares of these nodes, and those that nobody has renewed. Blocks. */
    void sweep(List<UUID> departed) {
        map.executeOnEntries(new DropShares(departed, clusterTime.getAsLong()));
    }

    /** What a counter holds, of all nodes. Blocks. */
    SessionShares shares(String counter) {
        SessionCounter held = map.get(counter);
        return held == null ? SessionShares.NONE : held.open();
    }

    /** The time in the cluster, or this node's own if it is none any more; milliseconds since 1970. */
    long now() {
        try {
            return clusterTime.getAsLong();
        } catch (HazelcastInstanceNotActiveException e) {
            return System.currentTimeMillis();
        }
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
}
