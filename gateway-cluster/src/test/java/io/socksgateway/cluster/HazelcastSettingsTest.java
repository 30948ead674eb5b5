package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.socksgateway.core.config.ClusterConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HazelcastSettingsTest {

    private static Config settings(String host) {
        return HazelcastSettings.of(
                new ClusterConfig("edge", host, 5701, List.of("10.0.0.1:5701", "edge-2.example.com:5701"), 2));
    }

    @Test
    void listensForMembersOnlyAndOnOneAddress() {
        Config config = settings("10.0.0.1");
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        assertThat(network.isEnabled()).isTrue();
        assertThat(network.getEndpointConfigs()).containsOnlyKeys(EndpointQualifier.MEMBER);
        assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("10.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    }

    @Test
    void allInterfacesOnlyIfAskedFor() {
        assertThat(settings("0.0.0.0").getProperty("hazelcast.local.localAddress"))
                .isNull();
        assertThat(settings("::").getProperty("hazelcast.socket.bind.any")).isNull();
    }

    @Test
    void findsMembersByTheListAlone() {
        JoinConfig join = settings("10.0.0.1").getAdvancedNetworkConfig().getJoin();
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("10.0.0.1:5701", "edge-2.example.com:5701");
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    }

    @Test
    void aSilentMemberIsDroppedAsSoonAsTheDocumentationSays() throws Exception {
        Config config = settings("10.0.0.1");
        int heartbeat = Integer.parseInt(config.getProperty("hazelcast.heartbeat.interval.seconds"));
        int silence = Integer.parseInt(config.getProperty("hazelcast.max.no.heartbeat.seconds"));
        assertThat(Path.of("..", "deploy", "docs", "quotas.md"))
                .content()
                .contains("| a host that vanishes, a network that is cut, a process that stands still | "
                        + (heartbeat + silence) + " s | a heartbeat each second; " + silence
                        + " s of silence drop a node |");
        assertThat(heartbeat).isOne();
    }

    @Test
    void tellsNobodyOutside() {
        Config config = settings("10.0.0.1");
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getJetConfig().isEnabled()).isFalse();
        assertThat(config.getCPSubsystemConfig().getCPMemberCount()).isZero();
    }

    @Test
    void countersHaveABackupAndAreNeverEvictedOrMergedFromTheSmallerPart() {
        MapConfig map = settings("10.0.0.1").getMapConfig(ShareMap.config().getName());
        assertThat(map.getBackupCount()).isEqualTo(1);
        assertThat(map.getTimeToLiveSeconds()).isZero();
        assertThat(map.getEvictionConfig().getEvictionPolicy().name()).isEqualTo("NONE");
        assertThat(map.getMergePolicyConfig().getPolicy()).isEqualTo(DiscardMergePolicy.class.getName());
    }

    @Test
    void hasWhatVertxNeeds() {
        Config config = settings("10.0.0.1");
        MultiMapConfig subscriptions = config.getMultiMapConfig("__vertx.subs");
        assertThat(subscriptions.getValueCollectionType()).isEqualTo(MultiMapConfig.ValueCollectionType.SET);
        assertThat(subscriptions.getBackupCount()).isEqualTo(1);
        assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo");
    }
}
