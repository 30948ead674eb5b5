package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.Discovery;
import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pods, which have an address each and the same port, find each other by what the API server says. */
class KubernetesDiscoveryIT {

    private static final List<String> PODS = List.of("127.0.0.1", "127.0.0.2");

    private final int port = FreePorts.take(1).get(0);
    private final List<ClusterNode> nodes = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (ClusterNode node : nodes) {
            Await.result(node.close());
        }
    }

    @Test
    void byTheEndpointsOfAServiceAlsoBeforeTheyAreReady() throws Exception {
        try (KubernetesApi api = KubernetesApi.of(PODS, "endpointslices")) {
            start(new Discovery.Kubernetes(null, "gateway-nodes", null, "proxies"), api);
            assertThat(api.asked())
                    .anyMatch(question -> question.endsWith("kubernetes.io/service-name=gateway-nodes"))
                    .noneMatch(question -> question.contains("/services/"));
            assertThat(api.tokens()).containsExactly("Bearer " + KubernetesApi.TOKEN);
        }
    }

    @Test
    void byTheLabelsOfPods() throws Exception {
        try (KubernetesApi api = KubernetesApi.of(PODS, "pods")) {
            start(new Discovery.Kubernetes(null, null, "app=gateway,team=edge", "proxies"), api);
            assertThat(api.asked()).anyMatch(question -> question.endsWith("?labelSelector=app=gateway,team=edge"));
        }
    }

    /** Starts both at the same time, and waits until they see each other. */
    private void start(Discovery discovery, KubernetesApi api) throws Exception {
        api.environment().forEach(System::setProperty);
        try {
            List<Future<ClusterNode>> starting = PODS.stream()
                    .map(host -> ClusterNode.start(config(host, discovery), new VertxOptions()))
                    .toList();
            for (Future<ClusterNode> each : starting) {
                nodes.add(each.await(60, TimeUnit.SECONDS));
            }
        } finally {
            api.environment().keySet().forEach(System::clearProperty);
        }
        // one that was held up too long for the other to wait finds it a little later
        for (ClusterNode node : nodes) {
            Await.until(
                    "they are one cluster",
                    Duration.ofSeconds(90),
                    () -> node.hazelcast().getCluster().getMembers().size() == PODS.size());
        }
    }

    private ClusterConfig config(String host, Discovery discovery) {
        String name = "pods-" + port;
        return new ClusterConfig(
                name, host, port, List.of(), 1, PartitionPolicy.DENY, null, PODS.size(), discovery, 0, null);
    }
}
