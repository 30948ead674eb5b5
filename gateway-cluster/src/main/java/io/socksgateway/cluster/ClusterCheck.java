package io.socksgateway.cluster;

import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.ConfigError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with section {@code cluster} that only Hazelcast can tell. */
public final class ClusterCheck {

    private ClusterCheck() {}

    /** Reads the file of Hazelcast's own, if one is named; opens no port. Blocks. */
    public static List<ConfigError> errors(@Nullable ClusterConfig cluster) {
        return cluster == null || cluster.hazelcast() == null
                ? List.of()
                : HazelcastFile.check(cluster, cluster.hazelcast());
    }
}
