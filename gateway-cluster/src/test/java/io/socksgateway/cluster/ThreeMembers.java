package io.socksgateway.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Three members in this JVM, each with a store. */
final class ThreeMembers {

    final Vertx vertx = Vertx.vertx();
    final List<HazelcastInstance> members = new ArrayList<>();
    final List<HazelcastQuotaStore> stores = new ArrayList<>();
    private volatile @Nullable Long time;

    ThreeMembers(int minimumMembers) throws Exception {
        for (ClusterConfig config : LoopbackMembers.nodes(3, minimumMembers)) {
            HazelcastInstance member = Hazelcast.newHazelcastInstance(HazelcastSettings.of(config));
            members.add(member);
            LongSupplier clusterTime = member.getCluster()::getClusterTime;
            stores.add(HazelcastQuotaStore.open(vertx, member, config, () -> {
                Long stopped = time;
                return stopped == null ? clusterTime.getAsLong() : stopped;
            }));
        }
        // assigns the partitions, which happens at the first use
        Await.result(stores.get(0).acquire("warm-up", SessionLimit.open(0)));
        Await.until(() -> members.stream()
                .allMatch(member -> member.getCluster().getMembers().size() == 3
                        && member.getPartitionService().isClusterSafe()));
    }

    /** From now on no time passes on the clock of the stores but by {@link #pass}. Nothing expires, however long it takes. */
    void stopClock() {
        time = members.get(0).getCluster().getClusterTime();
    }

    void pass(long millis) {
        time = Objects.requireNonNull(time) + millis;
    }

    void startClock() {
        time = null;
    }

    Future<Boolean> acquire(int member, String counter, int limit) {
        return stores.get(member).acquire(counter, SessionLimit.open(limit));
    }

    /** Leaves without a word: as a process that was killed, as far as that goes within one JVM. */
    void terminate(int member) {
        members.get(member).getLifecycleService().terminate();
    }

    /** A counter whose entry is kept by this member. */
    String counterAt(int member) {
        HazelcastInstance hazelcast = members.get(member);
        for (int i = 0; ; i++) {
            String counter = "counter" + i;
            if (hazelcast.getPartitionService().getPartition(counter).getOwner().localMember()) {
                return counter;
            }
        }
    }

    /** What the entry of a counter holds, as seen by a member. */
    long recorded(int member, String counter) {
        HazelcastInstance hazelcast = members.get(member);
        return new ShareMap(hazelcast, hazelcast.getCluster()::getClusterTime)
                .shares(counter)
                .open(0);
    }

    public void close() throws Exception {
        for (HazelcastQuotaStore store : stores) {
            Await.result(store.close());
        }
        members.forEach(member -> member.getLifecycleService().terminate());
        Await.result(vertx.close());
    }
}
