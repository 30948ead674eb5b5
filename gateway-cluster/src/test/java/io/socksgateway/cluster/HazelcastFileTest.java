package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.ConfigError;
import io.socksgateway.core.config.Discovery;
import io.socksgateway.core.config.PartitionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of Hazelcast's own changes, what not, and what is wrong with one. */
class HazelcastFileTest {

    private static final String XML = """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <properties>
                <property name="hazelcast.max.no.heartbeat.seconds">20</property>
                <property name="hazelcast.shutdownhook.enabled">true</property>
              </properties>
              <advanced-network enabled="true">
                <member-server-socket-endpoint-config>
                  <port auto-increment="true">9999</port>
                  <public-address>203.0.113.5:5701</public-address>
                </member-server-socket-endpoint-config>
                <client-server-socket-endpoint-config><port>9999</port></client-server-socket-endpoint-config>
              </advanced-network>
            </hazelcast>
            """;

    private final Path folder;

    HazelcastFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private ClusterConfig cluster(String name, String text, boolean joinOfFile) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Discovery discovery = joinOfFile ? new Discovery.OfFile(file) : new Discovery.Tcp();
        List<String> members = joinOfFile ? List.of() : List.of("10.0.0.2:5701");
        return new ClusterConfig(
                "edge", "10.0.0.1", 5701, members, 1, PartitionPolicy.DENY, null, 2, discovery, 0, file);
    }

    @Test
    void whatTheGatewayDependsOnStaysAndTheRestIsTheFiles() throws IOException {
        ClusterConfig cluster = cluster("hazelcast.xml", XML, false);
        assertThat(ClusterCheck.errors(cluster)).isEmpty();
        Config config = HazelcastSettings.of(cluster);

        assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("20");
        assertThat(config.getProperty("hazelcast.heartbeat.interval.seconds")).isEqualTo("1");
        assertThat(config.getProperty("hazelcast.shutdownhook.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("10.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getClusterName()).isEqualTo("edge");
        assertThat(config.getMapConfigs()).containsKeys(ShareMap.config().getName(), "__vertx.haInfo");
        assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs()).containsKey(EndpointQualifier.CLIENT);
        ServerSocketEndpointConfig members = config.getAdvancedNetworkConfig().getEndpointConfigs().values().stream()
                .filter(endpoint -> endpoint.getQualifier().equals(EndpointQualifier.MEMBER))
                .map(ServerSocketEndpointConfig.class::cast)
                .findAny()
                .orElseThrow();
        assertThat(members.getPort()).isEqualTo(5701);
        assertThat(members.isPortAutoIncrement()).isFalse();
        assertThat(members.getPublicAddress()).isEqualTo("203.0.113.5:5701");
        JoinConfig join = config.getAdvancedNetworkConfig().getJoin();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("10.0.0.2:5701");
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hazelcast: { network: { join: { aws: { enabled: true, region: eu-west-1 } } } }",
                "hazelcast: { advanced-network: { enabled: true, join: { aws: { enabled: true, region: eu-west-1 } } } }",
            })
    void theFileMaySayHowNodesFindEachOther(String text) throws IOException {
        ClusterConfig cluster = cluster("hazelcast.yaml", text, true);
        assertThat(ClusterCheck.errors(cluster)).isEmpty();
        JoinConfig join =
                HazelcastSettings.of(cluster).getAdvancedNetworkConfig().getJoin();
        assertThat(join.getAwsConfig().getProperty("region")).isEqualTo("eu-west-1");
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.json | false | {} | is neither XML nor YAML by its name (expected: .xml, .yaml or .yml)",
                "a.xml | false | <hazelcast | is wrong: line 1: XML document structures must start and end",
                "a.xml | false | <hazelcast xmlns='http://www.hazelcast.com/schema/config'><no/></hazelcast> | is wrong: ",
                "a.yml | false | hazelcast: [ | is wrong: ",
                "a.yml | false | hazelcast: { no-such-thing: 1 } | is wrong: ",
                "a.yml | false | '' | is wrong: ",
                "a.yml | false | hazelcast: { cluster-name: other } | cluster-name is \"other\", and cluster.name \"edge\" (",
                "a.yml | false | hazelcast: { map: { socks-gateway.traffic.v1: { backup-count: 0 } } } | has the map \"socks-gateway.traffic.v1\", ",
                "a.yml | false | hazelcast: { network: { port: { port: 5800 } } } | has a section network with more than join (",
                "a.yml | false | hazelcast: { network: { join: { multicast: { enabled: true } } } } | says by itself how nodes find each other: multicast (",
                "a.yml | true | hazelcast: { instance-name: a } | does not say how nodes find each other (",
                "a.yml | true | hazelcast: { network: { join: { gcp: { enabled: true }, azure: { enabled: true } } } } | is wrong: Only one discovery method can be enabled",
            })
    void whatIsWrongIsToldWithTheKeyAndTheFile(String name, boolean joinOfFile, String text, String message)
            throws IOException {
        ClusterConfig cluster = cluster(name, text, joinOfFile);
        assertThat(ClusterCheck.errors(cluster))
                .singleElement()
                .extracting(ConfigError::toString)
                .asString()
                .startsWith("cluster.hazelcast: " + cluster.hazelcast() + " " + message)
                .doesNotContain("\n");
    }

    @Test
    void aFileThatIsGoneIsTold() throws IOException {
        ClusterConfig cluster = cluster("a.yaml", "", false);
        Files.delete(folder.resolve("a.yaml"));
        assertThat(ClusterCheck.errors(cluster)).singleElement().asString().contains("a.yaml is wrong: ");
    }

    @Test
    void withoutAFileNothingIsWrong() {
        assertThat(ClusterCheck.errors(null)).isEmpty();
        assertThat(ClusterCheck.errors(LoopbackMembers.nodes(1, 1).get(0))).isEmpty();
    }
}
