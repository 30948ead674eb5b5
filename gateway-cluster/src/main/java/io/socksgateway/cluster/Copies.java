package io.socksgateway.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.NodeEngine;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Whether another member has what the owner of an entry writes down. While members are coming or going an entry may have no
 * backup, and its owner waits for none: it may be the only one on its side of a split, and drop the others one by one.
 *
 * <p>Where there is no backup though nobody has come or gone for a while, none is to be expected, as when all other
 * members are lite ones of Hazelcast's.
 *
 * <p>Confined to an event loop.
 */
final class Copies implements Predicate<String> {

    /** Nanoseconds until all are known to be gone that went together, and others are in their places. */
    static final long SETTLING = TimeUnit.SECONDS.toNanos(20);

    private final HazelcastInstance hazelcast;
    private final NodeEngine engine;
    private final LongSupplier nanoTime;
    private Set<Member> members = Set.of();
    private long changed;

    Copies(HazelcastInstance hazelcast, LongSupplier nanoTime) {
        this.hazelcast = hazelcast;
        this.engine = ((MapProxyImpl<?, ?>) hazelcast.<String, Object>getMap(ShareMap.NAME)).getNodeEngine();
        this.nanoTime = nanoTime;
    }

    /** Whether the entry of a counter has a copy, or none is to be expected; not if this member has left. */
    @Override
    public boolean test(String counter) {
        try {
            return isCopied(counter);
        } catch (HazelcastInstanceNotActiveException e) {
            return false;
        }
    }

    private boolean isCopied(String counter) {
        Set<Member> now = hazelcast.getCluster().getMembers();
        if (!now.equals(members)) {
            members = now;
            changed = nanoTime.getAsLong();
        }
        return hasBackup(counter) || nanoTime.getAsLong() - changed > SETTLING;
    }

    private boolean hasBackup(String counter) {
        IPartition partition = engine.getPartitionService()
                .getPartition(
                        hazelcast.getPartitionService().getPartition(counter).getPartitionId());
        Address backup = partition.getReplicaAddress(1);
        return backup != null && engine.getClusterService().getMember(backup) != null;
    }
}
