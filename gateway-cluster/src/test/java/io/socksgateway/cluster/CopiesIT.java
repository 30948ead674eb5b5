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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members with and without backups of each other's entries. */
class CopiesIT {

    private static final String COUNTER = "counter";

    private final Vertx vertx = Vertx.vertx();
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

    /** Starts two that need each other. */
    private List<ClusterConfig> start() {
        List<ClusterConfig> nodes = LoopbackMembers.nodes(2, 2);
        for (ClusterConfig node : nodes) {
            members.add(Hazelcast.newHazelcastInstance(HazelcastSettings.of(node)));
        }
        assertThat(members.get(0).getMap(ShareMap.NAME).size()).isZero(); // assigns the partitions
        return nodes;
    }

    private HazelcastQuotaStore open(ClusterConfig node, BooleanSupplier copied) {
        HazelcastInstance member = members.get(0);
        HazelcastQuotaStore store = HazelcastQuotaStore.open(
                vertx,
                member,
                new Sight(node.minimumMembers(), node.nodes(), node.onPartition()),
                new ShareMap(member, member.getCluster()::getClusterTime),
                counter -> copied.getAsBoolean());
        stores.add(store);
        return store;
    }

    @Test
    void anEntryHasABackupAsLongAsThereAreTwo() {
        var unused = start();
        Predicate<String> backups = Copies.backups(members.get(0));
        Await.until(() -> backups.test(COUNTER));
        assertThat(Copies.of(members.get(0)).test(COUNTER)).isTrue();
        members.get(1).getLifecycleService().terminate();
        Await.until(() -> !backups.test(COUNTER));
    }

    @Test
    void nothingIsGrantedNorNotedAsStartedBeforeThereIsACopy() throws Exception {
        AtomicLong asked = new AtomicLong();
        HazelcastQuotaStore store = open(start().get(0), () -> asked.incrementAndGet() > 5);
        assertThat(Await.result(store.acquire(COUNTER, new SessionLimit(1, 1)))).isTrue();
        assertThat(asked).hasValueGreaterThan(5);
    }

    /** A node that is alone for a while has sessions, whose bandwidth is not used up, and which end. */
    @Test
    void bandwidthAndWhatIsGivenBackNeedNoCopy() throws Exception {
        AtomicBoolean copied = new AtomicBoolean(true);
        AtomicLong asked = new AtomicLong();
        HazelcastQuotaStore store = open(start().get(0), () -> {
            asked.incrementAndGet();
            return copied.get();
        });
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
        Await.until(() -> members.get(0).getMap(ShareMap.NAME).get(COUNTER) == null);
        asked.set(0);
        var granted = store.reserve(COUNTER, Asks.of(asker, 3, false, 600, 10), budget);
        Await.until(() -> asked.get() >= 3);
        assertThat(granted.isComplete()).isFalse();
        copied.set(true);
        assertThat(Await.result(granted).held()).isEqualTo(10);
    }
}
