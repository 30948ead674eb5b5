package io.socksgateway.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of the nodes in sight. */
class SightLogIT {

    private final List<HazelcastInstance> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    private HazelcastInstance start(ClusterConfig config) {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(HazelcastSettings.of(config));
        members.add(member);
        return member;
    }

    @Test
    void whoComesAndGoesIsSaidAndWhatThatMeans() {
        List<ClusterConfig> configs = LoopbackMembers.nodes(2, 2);
        try (LogCapture log = LogCapture.open()) {
            SightLog.begin(start(configs.get(0)), configs.get(0));
            log.await(": this node is at 127.0.0.1:");
            log.await(": 1 node in sight, fewer than cluster.minimumMembers (2); until then sessions under quotas");

            HazelcastInstance second = start(configs.get(1));
            log.await(" has joined, 2 nodes in sight");
            log.await(": 2 nodes in sight, which is enough");

            second.getLifecycleService().terminate();
            log.await(" has gone, 1 node in sight");
            log.await(": 1 node in sight, fewer than");
        }
    }
}
