package io.socksgateway.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The members that left lately. They are remembered for as long as a share of theirs may still turn up, for instance in an
 * entry that was on the move when they left.
 *
 * <p>Confined to its event loop.
 */
final class Departures {

    private final long memoryNanos;
    private final Map<UUID, Long> left = new HashMap<>();

    Departures(long memoryNanos) {
        this.memoryNanos = memoryNanos;
    }

    void left(UUID member, long nanoTime) {
        left.put(member, nanoTime);
    }

    void joined(UUID member) {
        left.remove(member);
    }

    List<UUID> recent(long nanoTime) {
        left.values().removeIf(since -> nanoTime - since > memoryNanos);
        return new ArrayList<>(left.keySet());
    }
}
