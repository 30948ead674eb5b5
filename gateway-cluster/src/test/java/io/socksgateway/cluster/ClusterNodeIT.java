package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterNodeIT {

    private final List<ClusterNode> started = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (ClusterNode node : started) {
            Await.result(node.close());
            assertThat(node.hazelcast().getLifecycleService().isRunning()).isFalse();
        }
    }

    private List<ClusterNode> start(List<ClusterConfig> configs) throws Exception {
        List<Future<ClusterNode>> starting = configs.stream()
                .map(config -> ClusterNode.start(config, new VertxOptions()))
                .toList();
        started.addAll(Await.result(Future.all(starting).map(all -> all.<ClusterNode>list())));
        return started;
    }

    @Test
    void nodesThatStartAtTheSameTimeFormOneClusterAndTalkOverTheBus() throws Exception {
        List<ClusterNode> nodes = start(LoopbackMembers.nodes(2, 2));
        // of two that do not hear each other in time each founds one, and they merge
        Await.until("they are one cluster", Duration.ofSeconds(90), () -> nodes.stream()
                .allMatch(node -> node.hazelcast().getCluster().getMembers().size() == 2));

        Promise<String> heard = Promise.promise();
        Await.result(nodes.get(0)
                .vertx()
                .eventBus()
                .<String>consumer("greeting", message -> heard.tryComplete(message.body()))
                .completion());
        nodes.get(1).vertx().eventBus().publish("greeting", "hello");
        assertThat(Await.result(heard.future())).isEqualTo("hello");
    }

    @Test
    void nodesCountTogetherAsSoonAsTheSecondIsThere() throws Exception {
        List<ClusterConfig> configs = LoopbackMembers.nodes(2, 2);
        ClusterNode first = start(configs.subList(0, 1)).get(0);
        HazelcastQuotaStore early = HazelcastQuotaStore.open(first.vertx(), first.hazelcast(), configs.get(0));
        assertThatThrownBy(() -> Await.result(early.acquire("user", SessionLimit.open(1))))
                .hasMessage("members in sight: 1 (expected: at least 2)");

        ClusterNode second = start(configs.subList(1, 2)).get(1);
        HazelcastQuotaStore late = HazelcastQuotaStore.open(second.vertx(), second.hazelcast(), configs.get(1));
        assertThat(Await.result(early.acquire("user", SessionLimit.open(1)))).isTrue();
        assertThat(Await.result(late.acquire("user", SessionLimit.open(1)))).isFalse();
        // the first leaves in order, and the second is too few
        Await.result(early.close());
        Await.result(first.close());
        Await.until(() -> second.hazelcast().getCluster().getMembers().size() == 1);
        assertThatThrownBy(() -> Await.result(late.acquire("user", SessionLimit.open(1))))
                .hasMessage("members in sight: 1 (expected: at least 2)");
        Await.result(late.close());
    }

    @Test
    void onlyTheConfiguredAddressIsBound() throws Exception {
        ClusterConfig config = LoopbackMembers.nodes(1, 1).get(0);
        ClusterNode node = start(List.of(config)).get(0);
        assertThat(node.hazelcast().getCluster().getLocalMember().getSocketAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()));
        // would fail if all interfaces were bound
        try (ServerSocket other =
                new ServerSocket(config.port(), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))) {
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void aPortInUseFailsTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClusterConfig config =
                    new ClusterConfig("test", "127.0.0.1", taken.getLocalPort(), List.of("127.0.0.1"), 1);
            assertThatThrownBy(() -> Await.result(ClusterNode.start(config, new VertxOptions())))
                    .hasStackTraceContaining("already in use");
        }
    }
}
