package io.socksgateway.core.config;

import java.nio.file.Path;
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
 * @param nodes how many nodes there are when nothing is wrong, 1 or more
 * @param busPort port of the event bus, 0 for any free one
 * @param hazelcast a file of Hazelcast's own to start from, absolute; or null
 */
public record ClusterConfig(
        String name,
        String host,
        int port,
        List<String> members,
        int minimumMembers,
        PartitionPolicy onPartition,
        @Nullable StoreConfig store,
        int nodes,
        Discovery discovery,
        int busPort,
        @Nullable Path hazelcast) {

    public ClusterConfig {
        members = List.copyOf(members);
    }

    /** Those of the list are all there are. */
    public ClusterConfig(
            String name,
            String host,
            int port,
            List<String> members,
            int minimumMembers,
            PartitionPolicy onPartition,
            @Nullable StoreConfig store) {
        this(
                name,
                host,
                port,
                members,
                minimumMembers,
                onPartition,
                store,
                listed(members, minimumMembers),
                new Discovery.Tcp(),
                0,
                null);
    }

    /** Denies while the cluster is split, and keeps what was used on each node. */
    public ClusterConfig(String name, String host, int port, List<String> members, int minimumMembers) {
        this(name, host, port, members, minimumMembers, PartitionPolicy.DENY, null);
    }

    /** How many nodes there are if nobody says: those that are listed, and not fewer than the least. */
    static int listed(List<String> members, int minimumMembers) {
        return Math.max(minimumMembers, members.size());
    }
}
