package io.socksgateway.core.config;

import io.socksgateway.core.quota.QuotaScope;

/** Says what is allowed in {@code cluster} but hardly meant. */
final class ClusterAdvice {

    private ClusterAdvice() {}

    static void give(GatewayConfig config, Findings findings) {
        ClusterConfig cluster = config.cluster();
        if (cluster != null && config.quotas().stream().anyMatch(quota -> quota.scope() == QuotaScope.CLUSTER)) {
            onMinimum(cluster, findings);
        }
    }

    /** Of two nodes no side is the bigger one, so there is nothing to choose that would be right in general. */
    private static void onMinimum(ClusterConfig cluster, Findings findings) {
        int listed = cluster.nodes();
        int majority = listed / 2 + 1;
        if (listed >= 3 && cluster.minimumMembers() < majority) {
            findings.warn(
                    "cluster.minimumMembers",
                    "not more than half of the " + listed
                            + " nodes: if the cluster splits, both sides may grant each limit as a whole",
                    "write " + majority + ", so that only one side can, or " + listed
                            + " with \"onPartition\": \"local\", so that each grants its part");
        }
    }
}
