package io.socksgateway.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How many partitions each of some members has. */
final class Balance {

    private record Load(int partitions, int index) implements Comparable<Load> {
        @Override
        public int compareTo(Load other) {
            return partitions != other.partitions
                    ? Integer.compare(partitions, other.partitions)
                    : Integer.compare(index, other.index);
        }
    }

    private final Map<Integer, SimulatedNode> nodes = new HashMap<>();
    private final Map<Integer, Integer> loads = new HashMap<>();
    private final TreeSet<Load> sorted = new TreeSet<>();

    Balance(List<SimulatedNode> members) {
        for (SimulatedNode member : members) {
            nodes.put(member.index(), member);
            loads.put(member.index(), 0);
            sorted.add(new Load(0, member.index()));
        }
    }

    int of(SimulatedNode node) {
        return loads.getOrDefault(node.index(), 0);
    }

    void add(SimulatedNode node) {
        change(node, 1);
    }

    void remove(SimulatedNode node) {
        change(node, -1);
    }

    private void change(SimulatedNode node, int by) {
        int before = of(node);
        sorted.remove(new Load(before, node.index()));
        sorted.add(new Load(before + by, node.index()));
        loads.put(node.index(), before + by);
    }

    /** The one with the fewest, but not this one; null if there is no other. */
    @Nullable
    SimulatedNode least(@Nullable SimulatedNode excepted) {
        for (Load load : sorted) {
            SimulatedNode node = nodes.get(load.index());
            if (node != excepted) {
                return node;
            }
        }
        return null;
    }
}
