package io.socksgateway.cluster;

import static io.socksgateway.cluster.OwnSettings.always;
import static io.socksgateway.cluster.OwnSettings.byDefault;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.spi.properties.ClusterProperty;
import io.socksgateway.core.config.ClusterConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How Hazelcast is set up: bound to one address, small, and quick to notice a death.
 *
 * <p>What begins with {@code byDefault} is what an operator's own file of Hazelcast's may change; the rest is ours whatever it
 * says.
 */
final class HazelcastSettings {

    /** Seconds. */
    static final int HEARTBEAT = 1;

    /** Seconds without a heartbeat until a member is dropped. */
    static final int SILENCE = 7;

    /** Milliseconds; a silent backup does not hold up the sessions until it is dropped. */
    static final int BACKUP_TIMEOUT = 1_000;

    /** Seconds between two looks for other parts of a split cluster, or for the cluster that a node was dropped from. */
    static final int MERGE = 10;

    private HazelcastSettings() {}

    /**
     * The settings of a node; blocks while it reads the operator's file, if there is one.
     *
     * @throws IllegalStateException if that file cannot be read any more
     */
    static Config of(ClusterConfig cluster) {
        OwnSettings.logWhereWeDo();
        Config config = start(cluster.hazelcast())
                .setClusterName(cluster.name())
                .setClassLoader(HazelcastSettings.class.getClassLoader())
                .addMapConfig(ShareMap.config())
                .addMapConfig(HazelcastFailureStore.config())
                .addMapConfig(OctetMaps.trafficConfig())
                .addMapConfig(OctetMaps.ratesConfig());
        network(config, cluster);
        failureDetection(config);
        joining(config);
        threads(config);
        vertxMaps(config);
        QuotaTypes.register(config.getSerializationConfig());
        BackoffTypes.register(config.getSerializationConfig());
        byDefault(config, ClusterProperty.METRICS_ENABLED, false);
        byDefault(config, ClusterProperty.PHONE_HOME_ENABLED, false);
        byDefault(config, ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF");
        always(config, ClusterProperty.LOGGING_TYPE, OwnSettings.LOGGING);
        // the gateway drains first
        always(config, ClusterProperty.SHUTDOWNHOOK_ENABLED, false);
        byDefault(config, ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT, 10);
        return config;
    }

    private static Config start(@Nullable Path file) {
        if (file == null) {
            return new Config();
        }
        try {
            return HazelcastFile.read(file);
        } catch (IOException e) {
            throw new IllegalStateException(HazelcastFile.PATH + ": " + file + " cannot be read any more", e);
        }
    }

    /**
     * An endpoint for members only, unless the operator's file asks for others. With the plain network section, which speaks
     * several protocols on one port, a connection to a member that stands still keeps the thread that writes to the others busy
     * for good, and the cluster falls apart (5.7.0: {@code UnifiedProtocolEncoder} has nothing to write yet and does not say
     * that it waits).
     */
    private static void network(Config config, ClusterConfig cluster) {
        if (!anyAddress(cluster)) {
            // not by "interfaces", which would also drop members that are named by host name
            config.setProperty("hazelcast.local.localAddress", cluster.host());
            always(config, ClusterProperty.SOCKET_BIND_ANY, false);
        }
        JoinConfig join =
                Joining.of(cluster, config, cluster.hazelcast() == null ? null : HazelcastFile.joinOf(config));
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        ServerSocketEndpointConfig endpoint = network.isEnabled()
                        && network.getEndpointConfigs().get(EndpointQualifier.MEMBER)
                                instanceof ServerSocketEndpointConfig ofFile
                ? ofFile
                : new ServerSocketEndpointConfig().setSocketConnectTimeoutSeconds(Joining.CONNECT_TIMEOUT);
        network.setEnabled(true)
                .setJoin(join)
                .setMemberEndpointConfig(endpoint.setPort(cluster.port())
                        .setPortAutoIncrement(false)
                        .setReuseAddress(true));
    }

    private static boolean anyAddress(ClusterConfig cluster) {
        return cluster.host().equals("0.0.0.0") || cluster.host().equals("::");
    }

    /** A member that is silent for 7 s is dropped, which the others have noticed 1 s later. */
    private static void failureDetection(Config config) {
        byDefault(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS, HEARTBEAT);
        byDefault(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS, SILENCE);
        // an operation waits for the death of the member it went to, and is then done by the next owner
        byDefault(config, ClusterProperty.OPERATION_CALL_TIMEOUT_MILLIS, 15_000);
        byDefault(config, ClusterProperty.OPERATION_BACKUP_TIMEOUT_MILLIS, BACKUP_TIMEOUT);
    }

    /**
     * The timeout of a mastership claim stays at its two minutes: it is the number of tries too, and with few of them a new
     * master drops those who notice the death of the old one a little later than it did.
     */
    private static void joining(Config config) {
        byDefault(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, 0);
        byDefault(config, ClusterProperty.MAX_JOIN_SECONDS, 60);
        // of a split cluster, and of a node that stood still
        byDefault(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS, MERGE);
        byDefault(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS, MERGE);
    }

    /** Enough for small entries and a machine with two cores; the defaults go up to dozens. */
    private static void threads(Config config) {
        byDefault(config, ClusterProperty.PARTITION_OPERATION_THREAD_COUNT, 2);
        byDefault(config, ClusterProperty.GENERIC_OPERATION_THREAD_COUNT, 2);
        byDefault(config, ClusterProperty.RESPONSE_THREAD_COUNT, 1);
        byDefault(config, ClusterProperty.IO_THREAD_COUNT, 1);
        byDefault(config, ClusterProperty.EVENT_THREAD_COUNT, 1);
        byDefault(config, ClusterProperty.CLIENT_ENGINE_THREAD_COUNT, 1);
        byDefault(config, ClusterProperty.CLIENT_ENGINE_QUERY_THREAD_COUNT, 1);
        byDefault(config, ClusterProperty.CLIENT_ENGINE_BLOCKING_THREAD_COUNT, 1);
        byDefault(config, ClusterProperty.SLOW_OPERATION_DETECTOR_ENABLED, false);
    }

    /** What Vert.x keeps in the cluster, as its own default configuration has it. */
    private static void vertxMaps(Config config) {
        config.addMultiMapConfig(
                new MultiMapConfig("__vertx.subs").setBackupCount(1).setValueCollectionType(ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    }
}
