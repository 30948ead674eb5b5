package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.SocksClient;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes without a database, whose traffic quota outlives all of them. */
class ClusterUsageOverRestartsIT {

    private static final List<Integer> ALL = List.of(0, 1, 2);
    private static final String USER = "traffic-kept";
    private static final long LIMIT = 96 << 20;
    private static final String QUOTAS = """
            {"name": "traffic", "key": "user", "traffic": {"limit": "%dB", "per": "month"}, "onClaim": true}""".formatted(LIMIT);

    @Test
    void whatWasMovedBeforeAllNodesEndedCountsAfterwards(@TempDir Path folder) throws Exception {
        try (ObservedTarget target = ObservedTarget.start(InetAddress.getLoopbackAddress());
                QuotaCluster cluster = QuotaCluster.start(folder, ALL.size(), QUOTAS)) {
            Site site = target.site();
            SharedTraffic before = SharedTraffic.begin(cluster, USER, site, 1);
            for (int node : ALL) {
                cluster.node(node).kill(); // all of them, with what they hold
            }
            long moved = before.moved();
            cluster.restart(ALL);

            SocksClient tunnel = cluster.tunnel(2, USER, site);
            assertThat(tunnel).isNotNull();
            assertThat(Mover.up(tunnel).awaitEnd(QuotaCluster.PATIENCE.toMillis()))
                    .as("cut off")
                    .isTrue();
            // what they held is lost to the user: an eighth of what was left for each node at most
            assertThat(before.movedAtTheEnd() + 1).isGreaterThan(moved).isBetween(LIMIT / 2, LIMIT);

            for (int node : ALL) {
                cluster.node(node).terminate();
            }
            for (int node : ALL) {
                assertThat(cluster.node(node).awaitExit()).isZero();
            }
            cluster.restart(ALL);
            assertThat(cluster.tunnel(0, USER, site)).as("nothing is left").isNull();
        }
    }
}
