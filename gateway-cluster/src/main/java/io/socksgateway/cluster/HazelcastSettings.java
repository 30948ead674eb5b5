package io.socksgateway.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import io.socksgateway.core.config.ClusterConfig;

/** How Hazelcast is set up: found by a list of members only, bound to one address, small, and quick to notice a death. */
final class HazelcastSettings {

    /** Seconds; nodes that start together need one of these until they agree on who is the first. */
    private static final int CONNECT_TIMEOUT = 2;

    private HazelcastSettings() {}

    static Config of(ClusterConfig cluster) {
        Config config = new Config()
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
        config.getMetricsConfig().setEnabled(false);
        set(config, ClusterProperty.LOGGING_TYPE, "slf4j");
        set(config, ClusterProperty.PHONE_HOME_ENABLED, false);
        set(config, ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF");
        // the gateway drains first
        set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED, false);
        set(config, ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT, 10);
        return config;
    }

    /**
     * An endpoint for members only. With the plain network section, which speaks several protocols on one port, a
     * connection to a member that stands still keeps the thread that writes to the others busy for good, and the cluster
     * falls apart (5.7.0: {@code UnifiedProtocolEncoder} has nothing to write yet and does not say that it waits).
     */
    private static void network(Config config, ClusterConfig cluster) {
        if (!anyAddress(cluster)) {
            // not by "interfaces", which would also drop members that are named by host name
            config.setProperty("hazelcast.local.localAddress", cluster.host());
            set(config, ClusterProperty.SOCKET_BIND_ANY, false);
        }
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig()
                .setPort(cluster.port())
                .setPortAutoIncrement(false)
                .setReuseAddress(true)
                .setSocketConnectTimeoutSeconds(CONNECT_TIMEOUT);
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(true)
                .setMembers(cluster.members())
                .setConnectionTimeoutSeconds(CONNECT_TIMEOUT);
    }

    private static boolean anyAddress(ClusterConfig cluster) {
        return cluster.host().equals("0.0.0.0") || cluster.host().equals("::");
    }

    /** A member that is silent for 7 s is dropped, which the others have noticed 1 s later. */
    private static void failureDetection(Config config) {
        set(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS, 1);
        set(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS, 7);
        // an operation waits for the death of the member it went to, and is then done by the next owner
        set(config, ClusterProperty.OPERATION_CALL_TIMEOUT_MILLIS, 15_000);
        // a silent backup does not hold up the sessions meanwhile
        set(config, ClusterProperty.OPERATION_BACKUP_TIMEOUT_MILLIS, 1_000);
    }

    /**
     * The timeout of a mastership claim stays at its two minutes: it is the number of tries too, and with few of them a new
     * master drops those who notice the death of the old one a little later than it did.
     */
    private static void joining(Config config) {
        set(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, 0);
        set(config, ClusterProperty.MAX_JOIN_SECONDS, 60);
        // of a split cluster, and of a node that stood still
        set(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS, 10);
        set(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS, 10);
    }

    /** Enough for small entries and a machine with two cores; the defaults go up to dozens. */
    private static void threads(Config config) {
        set(config, ClusterProperty.PARTITION_OPERATION_THREAD_COUNT, 2);
        set(config, ClusterProperty.GENERIC_OPERATION_THREAD_COUNT, 2);
        set(config, ClusterProperty.RESPONSE_THREAD_COUNT, 1);
        set(config, ClusterProperty.IO_THREAD_COUNT, 1);
        set(config, ClusterProperty.EVENT_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_QUERY_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_BLOCKING_THREAD_COUNT, 1);
        set(config, ClusterProperty.SLOW_OPERATION_DETECTOR_ENABLED, false);
    }

    /** What Vert.x keeps in the cluster, as its own default configuration has it. */
    private static void vertxMaps(Config config) {
        config.addMultiMapConfig(
                new MultiMapConfig("__vertx.subs").setBackupCount(1).setValueCollectionType(ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    }

    private static void set(Config config, HazelcastProperty property, Object value) {
        config.setProperty(property.getName(), value.toString());
    }
}
