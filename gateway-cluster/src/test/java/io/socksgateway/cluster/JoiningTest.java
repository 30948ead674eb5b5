package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.Discovery;
import io.socksgateway.core.config.PartitionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoiningTest {

    private static Config settings(Discovery discovery) {
        return HazelcastSettings.of(new ClusterConfig(
                "edge", "10.0.0.1", 5801, List.of(), 1, PartitionPolicy.DENY, null, 3, discovery, 0, null));
    }

    private static JoinConfig join(Discovery discovery) {
        JoinConfig join = settings(discovery).getAdvancedNetworkConfig().getJoin();
        join.verify();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        return join;
    }

    @Test
    void podsByTheDnsAskNobodyElse() {
        JoinConfig join = join(new Discovery.Kubernetes("gateway-nodes.proxies.svc", null, null, null));
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperties())
                .containsOnlyKeys("service-dns", "service-port")
                .containsEntry("service-dns", "gateway-nodes.proxies.svc")
                .containsEntry("service-port", "5801");
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    }

    @Test
    void podsByTheApiAreLookedForWithoutPublicAddresses() {
        assertThat(join(new Discovery.Kubernetes(null, "gateway", null, "proxies"))
                        .getKubernetesConfig()
                        .getProperties())
                .containsEntry("service-name", "gateway")
                .containsEntry("namespace", "proxies")
                .containsEntry("expose-externally", "false");
        assertThat(join(new Discovery.Kubernetes(null, null, "app=gateway,a.b/team=edge", null))
                        .getKubernetesConfig()
                        .getProperties())
                .containsEntry("pod-label-name", "app,a.b/team")
                .containsEntry("pod-label-value", "gateway,edge")
                .doesNotContainKey("namespace");
    }

    /** A pod that starts is not in the DNS at once, and would found a cluster of its own. */
    @Test
    void podsWaitForEachOther() {
        assertThat(settings(new Discovery.Kubernetes("a.b", null, null, null))
                        .getProperty("hazelcast.wait.seconds.before.join"))
                .isEqualTo("5");
        assertThat(settings(new Discovery.Tcp()).getProperty("hazelcast.wait.seconds.before.join"))
                .isEqualTo("0");
    }

    @Test
    void callsDoNotLeaveTheNetwork() {
        JoinConfig join = join(new Discovery.Multicast("239.255.57.1", 54328));
        assertThat(join.getMulticastConfig().isEnabled()).isTrue();
        assertThat(join.getMulticastConfig().getMulticastGroup()).isEqualTo("239.255.57.1");
        assertThat(join.getMulticastConfig().getMulticastPort()).isEqualTo(54328);
        assertThat(join.getMulticastConfig().getMulticastTimeToLive()).isOne();
    }
}
