package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.listener.EntryAddedListener;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginTally;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failed logins that are counted by several members. */
class HazelcastFailureStoreIT {

    private static final BackoffRule RULE = new BackoffRule(4, 600_000, 60_000, 600_000);
    private static final String MAP = "socks-gateway.failures.v1";

    /** As long as it takes: what one node counts by itself would hide what the cluster has counted. */
    private static final long PATIENCE = 30_000;

    private final Vertx vertx = Vertx.vertx();
    private final List<HazelcastInstance> members = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        members.forEach(member -> member.getLifecycleService().terminate());
        Await.result(vertx.close());
    }

    private List<HazelcastFailureStore> start(int count, int mostEntries) throws Exception {
        LoopbackMembers.nodes(count, 1).forEach(node -> {
            Config config = HazelcastSettings.of(node);
            config.getMapConfig(MAP).getEvictionConfig().setSize(mostEntries);
            members.add(Hazelcast.newHazelcastInstance(config));
        });
        Await.until(() -> members.stream()
                .allMatch(member -> member.getCluster().getMembers().size() == count));
        List<HazelcastFailureStore> stores = members.stream()
                .map(member -> HazelcastFailureStore.open(vertx, member, PATIENCE))
                .toList();
        // assigns the partitions, which happens at the first use
        assertThat(fail(stores.get(0), "warm-up")).isZero();
        Await.until(() ->
                members.stream().allMatch(member -> member.getPartitionService().isClusterSafe()));
        return stores;
    }

    private static long fail(HazelcastFailureStore store, String key) throws Exception {
        return Await.result(store.failed(key, 1, RULE)).banned();
    }

    @Test
    void failuresOnAllNodesAddUpAlsoWhenTheOwnerOfTheEntryDies() throws Exception {
        List<HazelcastFailureStore> stores = start(3, 200_000);
        String ofTheDead = keyAt(2);
        assertThat(fail(stores.get(0), ofTheDead)).isZero();
        assertThat(fail(stores.get(1), ofTheDead)).isZero();
        assertThat(fail(stores.get(2), ofTheDead)).isZero();
        members.get(2).getLifecycleService().terminate();
        Await.until(() -> members.get(0).getCluster().getMembers().size() == 2);
        assertThat(fail(stores.get(1), ofTheDead)).isBetween(50_000L, 60_000L);
        assertThat(fail(stores.get(0), ofTheDead)).as("what is left").isBetween(50_000L, 60_000L);
        assertThat(fail(stores.get(0), "client/another")).isZero();
    }

    private String keyAt(int member) {
        for (int i = 0; ; i++) {
            if (members.get(member)
                    .getPartitionService()
                    .getPartition("client/" + i)
                    .getOwner()
                    .localMember()) {
                return "client/" + i;
            }
        }
    }

    @Test
    void aSuccessOnOneNodeForgivesWhatHappenedOnAnother() throws Exception {
        List<HazelcastFailureStore> stores = start(2, 200_000);
        for (int i = 0; i < 3; i++) {
            assertThat(fail(stores.get(0), "client/a")).isZero();
            assertThat(fail(stores.get(0), "client/b")).isZero();
        }
        assertThat(Await.result(stores.get(1).succeeded("client/a", 1, RULE))).isEqualTo(new LoginTally(0, 0));
        assertThat(Await.result(stores.get(1).succeeded("client/b", 2, RULE))).isEqualTo(new LoginTally(0, 3));
        assertThat(Await.result(stores.get(1).succeeded("client/c", 1, RULE))).isEqualTo(new LoginTally(0, 0));
        assertThat(fail(stores.get(1), "client/a")).isZero();
        assertThat(fail(stores.get(1), "client/b")).as("of another user").isPositive();
        stores.get(0).clear("client/b");
        Await.until(() -> members.get(1).getMap(MAP).get("client/b") == null);
    }

    /** It neither locks everybody out nor lets everybody guess. */
    @Test
    void withoutTheClusterThisNodeCountsByItself() throws Exception {
        HazelcastFailureStore store = start(1, 200_000).get(0);
        assertThat(fail(store, "client/a")).isZero();
        members.get(0).getLifecycleService().terminate();
        assertThat(fail(store, "client/a")).isZero();
        assertThat(fail(store, "client/a")).isZero();
        assertThat(fail(store, "client/b")).isZero();
        assertThat(fail(store, "client/a")).isPositive();
        assertThat(Await.result(store.succeeded("client/b", 1, RULE).otherwise(new LoginTally(7, 7))))
                .isEqualTo(new LoginTally(7, 7));
        store.clear("client/a");
        assertThat(fail(store, "client/a")).isZero();
    }

    /** An attacker with a network of IPv6 has as many addresses as he likes. */
    @Test
    void whatIsRememberedIsBoundedAndForgottenInTime() throws Exception {
        HazelcastFailureStore store = start(1, 2_000).get(0);
        List<Future<LoginTally>> flood = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            flood.add(store.failed("client/" + i, 1, RULE));
        }
        Await.result(Future.join(flood));
        assertThat(members.get(0).getMap(MAP).size()).isLessThan(4_000);

        members.get(0).getMap(MAP).clear();
        BackoffRule brief = new BackoffRule(4, 100, 1, 1);
        Promise<Object> added = Promise.promise();
        EntryAddedListener<Object, Object> listener = event -> added.tryComplete(event.getKey());
        assertThat(members.get(0).getMap(MAP).addEntryListener(listener, false)).isNotNull();
        assertThat(Await.result(store.failed("client/a", 1, brief))).isEqualTo(new LoginTally(0, 1));
        assertThat(Await.result(added.future())).isEqualTo("client/a");
        Await.until(() -> members.get(0).getMap(MAP).get("client/a") == null);
    }
}
