package io.socksgateway.core.config;

/** Says what is allowed of how nodes find each other, but risky or hardly meant. */
final class DiscoveryAdvice {

    private DiscoveryAdvice() {}

    static void give(GatewayConfig config, Findings findings) {
        ClusterConfig cluster = config.cluster();
        if (cluster == null) {
            return;
        }
        if (cluster.discovery() instanceof Discovery.Multicast) {
            findings.warn(
                    "cluster.discovery",
                    "by multicast: whoever is in the network of " + cluster.host() + " can join the cluster",
                    "\"tcp\" or \"kubernetes\" where others are in that network");
        }
        if (cluster.discovery() instanceof Discovery.Kubernetes && HostText.isLoopback(cluster.host())) {
            findings.warn("cluster.host", "no other pod reaches " + cluster.host(), "give the address of the pod");
        }
    }
}
