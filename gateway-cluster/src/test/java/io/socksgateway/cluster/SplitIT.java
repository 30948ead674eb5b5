package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.vertx.core.Vertx;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network between two members and a third is cut, and mended. Each policy has a store on each member and counters of its
 * own, so that one cut tells of all three.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SplitIT {

    private static final int LIMIT = 12;
    private static final int CUT_OFF = 2;
    private static final long OCTETS = 90 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final Map<PartitionPolicy, Part> parts = new EnumMap<>(PartitionPolicy.class);
    private Crossings crossings;

    /** What the members have under one policy. */
    private static final class Part {
        final List<HazelcastQuotaStore> stores = new ArrayList<>();
        final List<MovingNode> nodes = List.of(new MovingNode(), new MovingNode(), new MovingNode());
        final int[] open = new int[3];
        final String counter;

        Part(PartitionPolicy policy) {
            counter = "sessions-" + policy;
        }

        boolean acquire(int member) throws Exception {
            boolean granted = Await.result(stores.get(member).acquire(counter, SessionLimit.open(LIMIT)));
            open[member] += granted ? 1 : 0;
            return granted;
        }

        void takeAll(int member) throws Exception {
            while (acquire(member)) {}
        }

        int open() {
            return open[0] + open[1] + open[2];
        }

        long moved() {
            return nodes.stream().mapToLong(MovingNode::moved).sum();
        }
    }

    @BeforeAll
    void start() throws Exception {
        List<Integer> ports = FreePorts.take(3);
        crossings = new Crossings(Vertx.vertx(), ports);
        List<String> addresses = List.of(crossings.address(0), crossings.address(1), crossings.address(2));
        for (int i = 0; i < 3; i++) {
            String name = "split-" + ports.get(0);
            Config config =
                    HazelcastSettings.of(new ClusterConfig(name, Crossings.host(i), ports.get(i), addresses, 2));
            members.add(Hazelcast.newHazelcastInstance(reachedThrough(crossings.address(i), config)));
        }
        for (PartitionPolicy policy : PartitionPolicy.values()) {
            Part part = new Part(policy);
            parts.put(policy, part);
            for (HazelcastInstance member : members) {
                ShareMap map = new ShareMap(member, member.getCluster()::getClusterTime);
                part.stores.add(HazelcastQuotaStore.open(vertx, member, new Sight(2, 3, policy), map));
            }
        }
        assertThat(Await.result(part(PartitionPolicy.DENY).stores.get(0).acquire("first", SessionLimit.open(1))))
                .isTrue();
        Await.until(() -> members.stream()
                .allMatch(member ->
                        seen(member) == 3 && member.getPartitionService().isClusterSafe()));
    }

    private static Config reachedThrough(String address, Config config) {
        config.setProperty("hazelcast.socket.client.bind.any", "false");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "2");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "2");
        EndpointConfig endpoint =
                config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER);
        assertThat(endpoint)
                .isInstanceOfSatisfying(ServerSocketEndpointConfig.class, each -> each.setPublicAddress(address));
        return config;
    }

    @AfterAll
    void stop() throws Exception {
        for (Part part : parts.values()) {
            for (MovingNode node : part.nodes) {
                node.close();
            }
            for (HazelcastQuotaStore store : part.stores) {
                Await.result(store.close());
            }
        }
        members.forEach(member -> member.getLifecycleService().terminate());
        Await.result(vertx.close());
        crossings.close();
    }

    private Part part(PartitionPolicy policy) {
        return Objects.requireNonNull(parts.get(policy));
    }

    private static int seen(HazelcastInstance member) {
        return member.getCluster().getMembers().size();
    }

    private static QuotaRule traffic() {
        TrafficLimit limit = new TrafficLimit(OCTETS, Period.MONTH, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);
        return new QuotaRule("volume", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.NONE, limit, null);
    }

    @Test
    @Order(1)
    void allGrantTogetherUntilTheCut() throws Exception {
        for (Part part : parts.values()) {
            for (int member = 0; member < 3; member++) {
                assertThat(part.acquire(member)).isTrue();
                assertThat(part.acquire(member)).isTrue();
                assertThat(Await.result(part.nodes
                                .get(member)
                                .open(part.stores.get(member), traffic(), "volume-" + part.counter)))
                        .isTrue();
            }
        }
        crossings.sever(CUT_OFF);
        Await.until(() -> seen(members.get(0)) == 2 && seen(members.get(1)) == 2 && seen(members.get(CUT_OFF)) == 1);
        // under all policies at once, as those who wait for what the others hold do so for a while
        for (Part part : parts.values()) {
            for (MovingNode node : part.nodes) {
                node.hurry();
                node.move(true);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void theBiggerSideGrantsTheWholeLimit(PartitionPolicy policy) throws Exception {
        Part part = part(policy);
        // the other side's share is dropped when it is noticed
        Await.until(() -> recorded(0, part) == 4);
        part.takeAll(0);
        assertThat(part.acquire(1)).isFalse();
        assertThat(part.open[0] + part.open[1]).isEqualTo(LIMIT);
    }

    @Test
    @Order(2)
    void theSmallerSideUnderDenyGrantsNothing() {
        Part part = part(PartitionPolicy.DENY);
        assertThatThrownBy(() -> part.acquire(CUT_OFF)).hasMessage("members in sight: 1 (expected: at least 2)");
    }

    @Test
    @Order(2)
    void theSmallerSideUnderLocalGrantsItsPart() throws Exception {
        Part part = part(PartitionPolicy.LOCAL);
        Await.until(() -> recorded(CUT_OFF, part) == 2);
        part.takeAll(CUT_OFF);
        assertThat(part.open[CUT_OFF]).isEqualTo(LIMIT / 3);
    }

    @Test
    @Order(2)
    void theSmallerSideUnderAllowGrantsTheWholeLimit() throws Exception {
        Part part = part(PartitionPolicy.ALLOW);
        Await.until(() -> recorded(CUT_OFF, part) == 2);
        part.takeAll(CUT_OFF);
        assertThat(part.open[CUT_OFF]).isEqualTo(LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void noOctetIsGrantedThatThePolicyDoesNotAllow(PartitionPolicy policy) {
        Part part = part(policy);
        Await.until(() -> part.nodes.get(0).usedUp() && part.nodes.get(1).usedUp());
        assertThat(part.nodes.get(0).moved() + part.nodes.get(1).moved()).isLessThanOrEqualTo(OCTETS);
        switch (policy) {
            case DENY -> assertThat(part.moved()).isLessThanOrEqualTo(OCTETS);
            case LOCAL -> {
                Await.until(() -> part.nodes.get(CUT_OFF).usedUp());
                assertThat(part.nodes.get(CUT_OFF).moved()).isBetween(OCTETS / 4, OCTETS / 3);
            }
            case ALLOW -> {
                Await.until(() -> part.nodes.get(CUT_OFF).usedUp());
                assertThat(part.nodes.get(CUT_OFF).moved()).isBetween(OCTETS * 9 / 10, OCTETS);
            }
        }
    }

    @Test
    @Order(3)
    void theSidesFindEachOtherAgain() {
        crossings.heal();
        Await.until(() -> members.stream().allMatch(member -> seen(member) == 3));
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void afterHealingTheCountIsWhatIsOpenAndNothingNewIsGrantedAboveTheLimit(PartitionPolicy policy) throws Exception {
        Part part = part(policy);
        Await.until(() -> recorded(0, part) == part.open());
        for (int member = 0; member < 3; member++) {
            assertThat(part.acquire(member)).isFalse();
        }
        while (part.open() >= LIMIT) {
            int member = part.open[0] > 0 ? 0 : CUT_OFF;
            part.open[member]--;
            part.stores.get(member).release(part.counter);
        }
        Await.until(() -> recorded(1, part) == LIMIT - 1);
        assertThat(part.acquire(1)).isTrue();
        assertThat(part.acquire(CUT_OFF)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void afterHealingTheTrafficIsWhatBothHaveMoved(PartitionPolicy policy) throws Exception {
        Part part = part(policy);
        for (MovingNode node : part.nodes) {
            node.move(false);
            node.close();
        }
        OctetMaps octets = new OctetMaps(members.get(1), members.get(1).getCluster()::getClusterTime);
        Await.until(() -> charged(octets, part) == part.moved());
        if (policy == PartitionPolicy.DENY) {
            assertThat(part.moved()).isLessThanOrEqualTo(OCTETS);
        }
    }

    private static long charged(OctetMaps octets, Part part) {
        TrafficUsage usage = octets.usage("volume-" + part.counter);
        return usage == null ? 0 : usage.charged();
    }

    private long recorded(int member, Part part) {
        HazelcastInstance hazelcast = members.get(member);
        return new ShareMap(hazelcast, hazelcast.getCluster()::getClusterTime)
                .shares(part.counter)
                .open(0);
    }
}
