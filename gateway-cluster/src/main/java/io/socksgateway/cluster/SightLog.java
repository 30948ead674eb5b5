package io.socksgateway.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.PartitionPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs who joins and leaves the cluster, and when so few nodes are in sight that limits are granted otherwise.
 *
 * <p>Thread-safe.
 */
public final class SightLog implements MembershipListener {

    private static final Logger LOG = LoggerFactory.getLogger(SightLog.class);

    private final ClusterConfig config;
    private boolean few;

    private SightLog(ClusterConfig config) {
        this.config = config;
    }

    /** Begins with how many are there, and goes on until the member leaves. */
    public static void begin(HazelcastInstance hazelcast, ClusterConfig config) {
        new SightLog(config).begin(hazelcast.getCluster());
    }

    /** Who comes or goes between the two is told of twice, and not at all the other way round. */
    private synchronized void begin(Cluster cluster) {
        var unused = cluster.addMembershipListener(this);
        int members = cluster.getMembers().size();
        LOG.info(
                "cluster {}: this node is at {}, {}",
                config.name(),
                address(cluster.getLocalMember()),
                inSight(members));
        look(members);
    }

    @Override
    public synchronized void memberAdded(MembershipEvent event) {
        int members = event.getMembers().size();
        LOG.info("cluster {}: {} has joined, {}", config.name(), address(event.getMember()), inSight(members));
        look(members);
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        int members = event.getMembers().size();
        LOG.info("cluster {}: {} has gone, {}", config.name(), address(event.getMember()), inSight(members));
        look(members);
    }

    private void look(int members) {
        boolean before = few;
        few = members < config.minimumMembers();
        if (few && !before) {
            LOG.warn(
                    "cluster {}: {}, fewer than cluster.minimumMembers ({}); until then {}",
                    config.name(),
                    inSight(members),
                    config.minimumMembers(),
                    meanwhile(config.onPartition()));
        } else if (before && !few) {
            LOG.info("cluster {}: {}, which is enough: limits are granted as a whole", config.name(), inSight(members));
        }
    }

    private static String meanwhile(PartitionPolicy policy) {
        return switch (policy) {
            case DENY -> "sessions under quotas of the cluster are refused (cluster.onPartition is deny)";
            case LOCAL -> "each node grants its part of a limit (cluster.onPartition is local)";
            case ALLOW -> "each side of a split grants limits as a whole (cluster.onPartition is allow)";
        };
    }

    private static String inSight(int members) {
        return members == 1 ? "1 node in sight" : members + " nodes in sight";
    }

    private static String address(Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }
}
