package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.testkit.Asks;
import io.socksgateway.testkit.Await;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members with and without backups of each other's entries. */
class CopiesIT {

    private static final String COUNTER = "counter";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final List<HazelcastQuotaStore> stores = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (HazelcastQuotaStore store : stores) {
            Await.result(store.close());
        }
        members.forEach(member -> member.getLifecycleService().terminate());
        Await.result(vertx.close());
    }

    /** Starts two that need each other; a lite one keeps nothing, so the other has no copies. */
    private List<ClusterConfig> start(boolean oneIsLite) {
        List<ClusterConfig> nodes = LoopbackMembers.nodes(2, 2);
        for (ClusterConfig node : nodes) {
            boolean lite = oneIsLite && !members.isEmpty();
            members.add(
                    Hazelcast.newHazelcastInstance(HazelcastSettings.of(node).setLiteMember(lite)));
        }
        assertThat(members.get(0).getMap(ShareMap.NAME).size()).isZero(); // assigns the partitions
        return nodes;
    }

    @Test
    void anEntryHasACopyOnceThereAreTwo() {
        var unused = start(false);
        Copies copies = new Copies(members.get(0), nanos::get);
        Await.until(() -> copies.test(COUNTER));
        members.get(1).getLifecycleService().terminate();
        Await.until(() -> !copies.test(COUNTER));
        nanos.addAndGet(Copies.SETTLING);
        assertThat(copies.test(COUNTER)).isFalse();
        nanos.addAndGet(1);
        assertThat(copies.test(COUNTER))
                .as("nobody has come or gone for a while")
                .isTrue();
    }

    @Test
    void nothingIsGrantedWithoutACopyUntilNoneIsToBeExpected() throws Exception {
        ClusterConfig node = start(true).get(0);
        HazelcastInstance member = members.get(0);
        Copies copies = new Copies(member, nanos::get);
        AtomicLong asked = new AtomicLong();
        HazelcastQuotaStore store = HazelcastQuotaStore.open(
                vertx,
                member,
                new Sight(node.minimumMembers(), node.nodes(), node.onPartition()),
                new ShareMap(member, member.getCluster()::getClusterTime),
                counter -> {
                    asked.incrementAndGet();
                    return copies.test(counter);
                });
        stores.add(store);
        var granted = store.acquire(COUNTER, SessionLimit.open(1));
        Await.until(() -> asked.get() >= 3);
        assertThat(granted.isComplete()).isFalse();
        nanos.addAndGet(Copies.SETTLING + 1);
        assertThat(Await.result(granted)).isTrue();
    }

    /** A node that is alone for a while has sessions, whose bandwidth is not used up, and which end. */
    @Test
    void bandwidthAndWhatIsGivenBackNeedNoCopy() throws Exception {
        ClusterConfig node = start(false).get(0);
        HazelcastInstance member = members.get(0);
        AtomicBoolean copied = new AtomicBoolean(true);
        AtomicLong asked = new AtomicLong();
        HazelcastQuotaStore store = HazelcastQuotaStore.open(
                vertx,
                member,
                new Sight(node.minimumMembers(), node.nodes(), node.onPartition()),
                new ShareMap(member, member.getCluster()::getClusterTime),
                counter -> {
                    asked.incrementAndGet();
                    return copied.get();
                });
        stores.add(store);
        Supply budget = new Supply.Budget(0, 1_000);
        UUID asker = UUID.randomUUID();
        assertThat(Await.result(store.acquire(COUNTER, SessionLimit.open(1)))).isTrue();
        assertThat(Await.result(store.reserve(COUNTER, Asks.of(asker, 1, true, 0, 1_000), budget))
                        .held())
                .isEqualTo(1_000);
        copied.set(false);
        assertThat(Await.result(store.reserve(COUNTER, Asks.of(asker, 1, true, 0, 100), new Supply.Rate(1_000)))
                        .held())
                .isEqualTo(100);
        assertThat(Await.result(store.reserve(COUNTER, Asks.of(asker, 2, false, 600, 0), budget))
                        .held())
                .isZero();
        store.release(COUNTER);
        Await.until(() -> member.getMap(ShareMap.NAME).get(COUNTER) == null);
        asked.set(0);
        var granted = store.reserve(COUNTER, Asks.of(asker, 3, false, 600, 10), budget);
        Await.until(() -> asked.get() >= 3);
        assertThat(granted.isComplete()).isFalse();
        copied.set(true);
        assertThat(Await.result(granted).held()).isEqualTo(10);
    }
}
