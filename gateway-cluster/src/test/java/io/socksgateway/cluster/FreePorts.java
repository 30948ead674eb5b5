package io.socksgateway.cluster;

import io.socksgateway.core.config.ClusterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Configurations of nodes that find each other on loopback, on ports that were free a moment ago. */
final class FreePorts {

    private FreePorts() {}

    static List<ClusterConfig> nodes(int count, int minimumMembers) throws IOException {
        List<Integer> ports = of(count);
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        return ports.stream()
                .map(port -> new ClusterConfig("test-" + ports.get(0), "127.0.0.1", port, members, minimumMembers))
                .toList();
    }

    private static List<Integer> of(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
