package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.spi.properties.ClusterProperty;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.TrafficUsage;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, or the part of a split one, as its members see it: who they are, who owns which partition, who has its backup,
 * and what is in there. Counters have one synchronous backup, bandwidths have none.
 *
 * <p>Entries of a new owner are there at once: the time that Hazelcast takes to move them is not simulated.
 */
final class SimulatedPart {

    static final int PARTITIONS = Integer.parseInt(ClusterProperty.PARTITION_COUNT.getDefaultValue());

    private final List<SimulatedNode> members;
    private final Partition[] partitions = new Partition[PARTITIONS];

    /** What one partition holds, and on whom. */
    private static final class Partition {
        private @Nullable SimulatedNode owner;
        private @Nullable SimulatedNode backup;
        private Map<String, SessionCounter> sessions = new HashMap<>();
        private Map<String, TrafficUsage> traffic = new HashMap<>();
        private Map<String, RateShares> rates = new HashMap<>();

        boolean isHeldBy(Collection<SimulatedNode> nodes) {
            return (owner != null && nodes.contains(owner)) || (backup != null && nodes.contains(backup));
        }

        /**
         * Becomes what the backup had, if it is still there.
         *
         * @param theirs what becomes of it where its owner is; that one may have gone on after it was cut off
         * @return whether it has
         */
        boolean leave(@Nullable Partition theirs, boolean backupLost) {
            Map<String, SessionCounter> oldSessions = theirs == null ? sessions : theirs.sessions;
            Map<String, TrafficUsage> oldTraffic = theirs == null ? traffic : theirs.traffic;
            boolean changed = !oldTraffic.equals(traffic) || !oldSessions.equals(sessions);
            if (theirs != null) {
                theirs.sessions = sessions;
                theirs.traffic = traffic;
                theirs.rates = rates;
            }
            sessions = backupLost ? new HashMap<>() : oldSessions;
            traffic = backupLost ? new HashMap<>() : oldTraffic;
            rates = new HashMap<>();
            return changed;
        }
    }

    /**
     * What is unknown to those who stay when others have gone.
     *
     * @param all numbers of the partitions of which they have nothing
     * @param latest numbers of the partitions whose owners have changed them after they were cut off
     */
    record Loss(BitSet all, BitSet latest) {

        private void note(int partition, boolean backupLost, boolean changed) {
            if (backupLost) {
                all.set(partition);
            } else if (changed) {
                latest.set(partition);
            }
        }

        boolean isNone() {
            return all.isEmpty() && latest.isEmpty();
        }
    }

    /** An entry that notes whether it was written. */
    private static final class Entry<V> extends AbstractMap.SimpleEntry<String, V> {
        private static final long serialVersionUID = 1;
        private boolean written;

        Entry(String key, @Nullable V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            written = true;
            return super.setValue(value);
        }
    }

    private SimulatedPart(List<SimulatedNode> members) {
        this.members = new ArrayList<>(members);
    }

    static SimulatedPart of(List<SimulatedNode> members) {
        SimulatedPart part = new SimulatedPart(members);
        for (int i = 0; i < PARTITIONS; i++) {
            part.partitions[i] = new Partition();
            part.partitions[i].owner = members.get(i % members.size());
        }
        part.complete();
        return part;
    }

    static int partition(String counter) {
        int mixed = counter.hashCode() * 0x9E3779B9;
        return Math.floorMod(mixed ^ (mixed >>> 16), PARTITIONS);
    }

    List<SimulatedNode> members() {
        return members;
    }

    SimulatedNode owner(String counter) {
        return Objects.requireNonNull(partitions[partition(counter)].owner);
    }

    /** Null on a cluster of one. */
    @Nullable
    SimulatedNode backup(String counter) {
        return partitions[partition(counter)].backup;
    }

    <R> R sessions(String counter, EntryProcessor<String, SessionCounter, R> processor) {
        return process(partitions[partition(counter)].sessions, counter, processor);
    }

    <R> R traffic(String counter, EntryProcessor<String, TrafficUsage, R> processor) {
        return process(partitions[partition(counter)].traffic, counter, processor);
    }

    <R> R rates(String counter, EntryProcessor<String, RateShares, R> processor) {
        return process(partitions[partition(counter)].rates, counter, processor);
    }

    private static <V, R> R process(Map<String, V> entries, String counter, EntryProcessor<String, V, R> processor) {
        Entry<V> entry = new Entry<>(counter, entries.get(counter));
        R result = processor.process(entry);
        if (entry.written && entry.getValue() == null) {
            entries.remove(counter);
        } else if (entry.written) {
            entries.put(counter, entry.getValue());
        }
        return result;
    }

    /** Lets a processor change all session counters that a member owns; how many partitions those are in. */
    int sweep(SimulatedNode owner, DropShares processor) {
        int swept = 0;
        for (Partition partition : partitions) {
            if (partition.owner == owner && !partition.sessions.isEmpty()) {
                swept++;
                for (String counter : List.copyOf(partition.sessions.keySet())) {
                    process(partition.sessions, counter, processor);
                }
            }
        }
        return swept;
    }

    /** All session counters. */
    Map<String, SessionCounter> allSessions() {
        return all(partition -> partition.sessions);
    }

    /** All traffic. */
    Map<String, TrafficUsage> allTraffic() {
        return all(partition -> partition.traffic);
    }

    private <V> Map<String, V> all(Function<Partition, Map<String, V>> map) {
        Map<String, V> all = new HashMap<>();
        for (Partition partition : partitions) {
            all.putAll(map.apply(partition));
        }
        return all;
    }

    /** What these nodes have of it at this moment, as a cluster of their own will find it. */
    SimulatedPart copyOf(List<SimulatedNode> nodes) {
        SimulatedPart copy = new SimulatedPart(nodes);
        for (int i = 0; i < PARTITIONS; i++) {
            Partition from = partitions[i];
            Partition to = new Partition();
            copy.partitions[i] = to;
            to.owner = from.owner;
            to.backup = from.backup;
            if (from.isHeldBy(nodes)) {
                to.sessions.putAll(from.sessions);
                to.traffic.putAll(from.traffic);
            }
            if (nodes.contains(from.owner)) {
                to.rates.putAll(from.rates);
            }
        }
        copy.settle();
        return copy;
    }

    /**
     * These nodes are out.
     *
     * @param theirs what they had when they were cut off, or null if they are dead
     * @return what those who stay do not have
     */
    Loss drop(Collection<SimulatedNode> gone, @Nullable SimulatedPart theirs) {
        Set<SimulatedNode> lost = new HashSet<>(gone);
        members.removeAll(lost);
        Loss loss = new Loss(new BitSet(), new BitSet());
        for (int i = 0; i < PARTITIONS; i++) {
            Partition partition = partitions[i];
            if (lost.contains(partition.owner)) {
                boolean backupLost = partition.backup == null || lost.contains(partition.backup);
                boolean changed = partition.leave(theirs == null ? null : theirs.partitions[i], backupLost);
                loss.note(i, backupLost, changed);
            }
        }
        settle();
        return loss;
    }

    /** A new one joins. */
    void join(SimulatedNode node) {
        members.add(node);
        complete();
    }

    /** Others join with what they have counted: their traffic is merged, their sessions are recorded anew by themselves. */
    void merge(SimulatedPart smaller) {
        members.addAll(smaller.members);
        for (int i = 0; i < PARTITIONS; i++) {
            Map<String, TrafficUsage> known = partitions[i].traffic;
            smaller.partitions[i].traffic.forEach(
                    (counter, arriving) -> known.merge(counter, arriving, TrafficUsage::merge));
        }
        complete();
    }

    /** Backups become owners where the owner is no member, and everything has a backup again. */
    private void settle() {
        Set<SimulatedNode> present = new HashSet<>(members);
        for (Partition partition : partitions) {
            if (!present.contains(partition.owner)) {
                partition.owner = partition.backup;
                partition.backup = null;
            }
            if (!present.contains(partition.owner)) {
                partition.owner = null;
            }
            if (!present.contains(partition.backup)) {
                partition.backup = null;
            }
        }
        complete();
    }

    /** Gives every partition an owner and a backup, and everybody about as many of them. */
    private void complete() {
        Balance owned = new Balance(members);
        Balance backedUp = new Balance(members);
        for (Partition partition : partitions) {
            if (partition.owner != null) {
                owned.add(partition.owner);
            }
            if (partition.backup != null) {
                backedUp.add(partition.backup);
            }
        }
        for (Partition partition : partitions) {
            SimulatedNode least = owned.least(partition.backup);
            SimulatedNode owner = partition.owner;
            if (least != null && (owner == null || owned.of(owner) > owned.of(least) + 1)) {
                if (owner != null) {
                    owned.remove(owner);
                }
                owned.add(least);
                partition.owner = least;
            }
        }
        for (Partition partition : partitions) {
            SimulatedNode least = backedUp.least(partition.owner);
            if (partition.backup == null && least != null) {
                backedUp.add(least);
                partition.backup = least;
            }
        }
    }
}
