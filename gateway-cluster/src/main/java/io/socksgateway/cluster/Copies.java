package io.socksgateway.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.NodeEngine;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether another member has what the owner of an entry writes down. While members are coming or going an entry may have no
 * backup, and its owner waits for none: it may be the only one on its side of a split, and drop the others one by one.
 *
 * <p>No copy is to be expected where a member is alone, and knows it; nor where there is none though nobody has come or gone
 * for a while, as partition groups of Hazelcast's may have it.
 *
 * <p>Confined to an event loop.
 */
final class Copies implements Predicate<String> {

    /** Nanoseconds until all are known to be gone that went together, and others are in their places. */
    static final long SETTLING = TimeUnit.SECONDS.toNanos(20);

    private final Supplier<Set<UUID>> keepers;
    private final Predicate<String> backups;
    private final LongSupplier nanoTime;
    private Set<UUID> known;
    private long changed;

    /**
     * Those that somebody else sees.
     *
     * @param keepers the members that keep entries
     * @param backups whether the entry of a counter has a backup with one of them
     */
    Copies(Supplier<Set<UUID>> keepers, Predicate<String> backups, LongSupplier nanoTime) {
        this.keepers = keepers;
        this.backups = backups;
        this.nanoTime = nanoTime;
        this.known = keepers.get();
        this.changed = nanoTime.getAsLong();
    }

    static Copies of(HazelcastInstance hazelcast) {
        return new Copies(
                () -> hazelcast.getCluster().getMembers().stream()
                        .filter(member -> !member.isLiteMember())
                        .map(Member::getUuid)
                        .collect(Collectors.toUnmodifiableSet()),
                backups(hazelcast),
                System::nanoTime);
    }

    /** Whether the entry of a counter has a backup, as far as this member knows. */
    static Predicate<String> backups(HazelcastInstance hazelcast) {
        NodeEngine engine = ((MapProxyImpl<?, ?>) hazelcast.<String, Object>getMap(ShareMap.NAME)).getNodeEngine();
        return counter -> {
            IPartition partition = engine.getPartitionService()
                    .getPartition(hazelcast
                            .getPartitionService()
                            .getPartition(counter)
                            .getPartitionId());
            Address backup = partition.getReplicaAddress(1);
            return backup != null && engine.getClusterService().getMember(backup) != null;
        };
    }

    /** Whether the entry of a counter has a copy, or none is to be expected; not if this member has left. */
    @Override
    public boolean test(String counter) {
        try {
            return backups.test(counter) || !isExpected();
        } catch (HazelcastInstanceNotActiveException e) {
            return false;
        }
    }

    private boolean isExpected() {
        Set<UUID> now = keepers.get();
        if (!now.equals(known)) {
            known = now;
            changed = nanoTime.getAsLong();
        }
        return now.size() > 1 && nanoTime.getAsLong() - changed <= SETTLING;
    }
}
