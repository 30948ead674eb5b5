package io.socksgateway.cluster;

import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.testkit.FreePorts;
import java.util.List;

/** Configurations of nodes that find each other on loopback. */
final class LoopbackMembers {

    private LoopbackMembers() {}

    static List<ClusterConfig> nodes(int count, int minimumMembers) {
        List<Integer> ports = FreePorts.take(count);
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        return ports.stream()
                .map(port -> new ClusterConfig("test-" + ports.get(0), "127.0.0.1", port, members, minimumMembers))
                .toList();
    }
}
