package io.socksgateway.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.Discovery;
import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes find each other by calling, where the loopback interface carries that. */
class MulticastDiscoveryIT {

    private static final String GROUP = "239.255.57.1";

    private final List<ClusterNode> nodes = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (ClusterNode node : nodes) {
            Await.result(node.close());
        }
    }

    @Test
    void nodesThatCallFindEachOther() throws Exception {
        List<Integer> ports = FreePorts.take(3);
        assumeTrue(carries(ports.get(0)), "multicast does not come through on the loopback interface");
        List<Future<ClusterNode>> starting = ports.subList(1, 3).stream()
                .map(port -> ClusterNode.start(config(port, ports.get(0)), new VertxOptions()))
                .toList();
        for (Future<ClusterNode> each : starting) {
            nodes.add(each.await(60, TimeUnit.SECONDS));
        }
        for (ClusterNode node : nodes) {
            Await.until(node.vertx(), 60_000, () -> Future.succeededFuture(members(node)), count -> count == 2);
        }
    }

    private static int members(ClusterNode node) {
        return node.hazelcast().getCluster().getMembers().size();
    }

    private static ClusterConfig config(int port, int calls) {
        Discovery discovery = new Discovery.Multicast(GROUP, calls);
        return new ClusterConfig(
                "calls-" + calls, "127.0.0.1", port, List.of(), 1, PartitionPolicy.DENY, null, 2, discovery, 0, null);
    }

    /** Whether a datagram comes back. */
    private static boolean carries(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (MulticastSocket socket = new MulticastSocket(port)) {
            NetworkInterface network = NetworkInterface.getByInetAddress(loopback);
            InetSocketAddress group = new InetSocketAddress(GROUP, port);
            socket.setNetworkInterface(network);
            socket.joinGroup(group, network);
            socket.setSoTimeout(5_000);
            socket.send(new DatagramPacket(new byte[] {1}, 1, group));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
