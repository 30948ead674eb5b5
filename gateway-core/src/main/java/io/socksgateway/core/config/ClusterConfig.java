package io.socksgateway.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code cluster}.
 *
 * <p>Immutable.
 *
 * @param host address that cluster traffic binds; never all interfaces by default
 * @param port port of Hazelcast, 0 to 65535
 * @param members {@code host:port} of the nodes to look for
 * @param minimumMembers with fewer in sight a node may be in the smaller part of a split cluster, 1 or more
 * @param onPartition what it does then
 * @param store null for a file on each node
 */
public record ClusterConfig(
        String name,
        String host,
        int port,
        List<String> members,
        int minimumMembers,
        PartitionPolicy onPartition,
        @Nullable StoreConfig store) {

    public ClusterConfig {
        members = List.copyOf(members);
    }

    /** Denies while the cluster is split, and keeps what was used on each node. */
    public ClusterConfig(String name, String host, int port, List<String> members, int minimumMembers) {
        this(name, host, port, members, minimumMembers, PartitionPolicy.DENY, null);
    }

    /** How many nodes there are when nothing is wrong, as far as the configuration tells: 1 or more. */
    public int nodes() {
        return Math.max(minimumMembers, members.size());
    }
}
