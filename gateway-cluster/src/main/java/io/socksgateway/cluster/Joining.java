package io.socksgateway.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the nodes find each other, said in Hazelcast's terms: exactly one way, and none that it would think of by itself. */
final class Joining {

    /** Seconds; nodes that start together need one of these until they agree on who is the first. */
    static final int CONNECT_TIMEOUT = 2;

    /** Seconds until a pod that starts is known to Kubernetes, and to its DNS. */
    private static final int KUBERNETES_DELAY = 5;

    /** Hops: the network of the host, and none beyond a router. */
    private static final int LINK = 1;

    private Joining() {}

    /**
     * Says it.
     *
     * @param config gets the properties that go with it, unless they are there
     * @param ofFile what a file of Hazelcast's own says of it, or null
     */
    static JoinConfig of(ClusterConfig cluster, Config config, @Nullable JoinConfig ofFile) {
        Discovery discovery = cluster.discovery();
        JoinConfig join = discovery instanceof Discovery.OfFile && ofFile != null ? ofFile : new JoinConfig();
        join.getAutoDetectionConfig().setEnabled(false);
        if (discovery instanceof Discovery.Tcp) {
            join.getTcpIpConfig()
                    .setEnabled(true)
                    .setMembers(cluster.members())
                    .setConnectionTimeoutSeconds(CONNECT_TIMEOUT);
        } else if (discovery instanceof Discovery.Multicast multicast) {
            join.getMulticastConfig()
                    .setEnabled(true)
                    .setMulticastGroup(multicast.group())
                    .setMulticastPort(multicast.port())
                    .setMulticastTimeToLive(LINK);
            OwnSettings.byDefault(config, ClusterProperty.MULTICAST_SOCKET_SET_INTERFACE, true);
        } else if (discovery instanceof Discovery.Kubernetes kubernetes) {
            kubernetes(join.getKubernetesConfig(), kubernetes, cluster.port());
            join.getTcpIpConfig().setConnectionTimeoutSeconds(CONNECT_TIMEOUT); // counts for all but multicast
            OwnSettings.byDefault(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, KUBERNETES_DELAY);
        }
        return join;
    }

    private static void kubernetes(KubernetesConfig join, Discovery.Kubernetes pods, int port) {
        join.setEnabled(true).setProperty("service-port", Integer.toString(port));
        if (pods.dns() != null) {
            join.setProperty("service-dns", pods.dns());
            return;
        }
        // else the API server is asked for services of each pod too, which takes more rights
        join.setProperty("expose-externally", "false");
        if (pods.namespace() != null) {
            join.setProperty("namespace", pods.namespace());
        }
        if (pods.service() != null) {
            join.setProperty("service-name", pods.service());
        }
        if (pods.labels() != null) {
            labels(join, pods.labels());
        }
    }

    /** Names and values are two lists of Hazelcast's. */
    private static void labels(KubernetesConfig join, String labels) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String label : labels.split(",", -1)) {
            String[] parts = label.split("=", 2);
            names.add(parts[0]);
            values.add(parts[1]);
        }
        Map.of("pod-label-name", names, "pod-label-value", values)
                .forEach((key, list) -> join.setProperty(key, String.join(",", list)));
    }
}
