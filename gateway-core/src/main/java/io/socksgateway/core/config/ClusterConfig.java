package io.socksgateway.core.config;

import java.util.List;

/**
 * Section {@code cluster}.
 *
 * <p>Immutable.
 *
 * @param host address that cluster traffic binds; never all interfaces by default
 * @param port port of Hazelcast, 0 to 65535
 * @param members {@code host:port} of the nodes to look for
 * @param minimumMembers fewer than this and nothing new is granted under a quota of the cluster, 1 or more
 */
public record ClusterConfig(String name, String host, int port, List<String> members, int minimumMembers) {

    public ClusterConfig {
        members = List.copyOf(members);
    }
}
