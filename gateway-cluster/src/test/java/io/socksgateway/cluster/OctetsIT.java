package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.testkit.Await;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** Traffic and bandwidth over three members. One cluster for all tests; the last ones harm it. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OctetsIT {

    private static final long MIB = 1 << 20;

    private ThreeMembers cluster;
    private List<MovingNode> nodes = List.of();

    @BeforeAll
    void start() throws Exception {
        cluster = new ThreeMembers(2);
    }

    @BeforeEach
    void makeNodes() {
        nodes = List.of(new MovingNode(), new MovingNode(), new MovingNode());
    }

    @AfterEach
    void closeNodes() throws Exception {
        for (MovingNode node : nodes) {
            node.close();
        }
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    private static QuotaRule traffic(long octets) {
        TrafficLimit limit = new TrafficLimit(octets, Period.MONTH, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);
        return new QuotaRule("volume", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.NONE, limit, null);
    }

    private static QuotaRule bandwidth(long up) {
        return new QuotaRule(
                "speed",
                QuotaKey.USER,
                QuotaScope.CLUSTER,
                false,
                SessionLimit.NONE,
                null,
                new Bandwidth(up, Bandwidth.UNLIMITED));
    }

    private void open(QuotaRule rule, String counter) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(Await.result(nodes.get(i).open(cluster.stores.get(i), rule, counter)))
                    .isTrue();
        }
    }

    private long moved() {
        return nodes.stream().mapToLong(MovingNode::moved).sum();
    }

    @Test
    void toTheOctetWhicheverNodesMoveThem() throws Exception {
        long limit = 300 * MIB + 4_711;
        open(traffic(limit), "volume");
        nodes.forEach(node -> node.move(true));
        Await.until(() -> nodes.stream().allMatch(MovingNode::usedUp));
        assertThat(moved()).isEqualTo(limit);
        try (MovingNode late = new MovingNode()) {
            assertThat(Await.result(late.open(cluster.stores.get(0), traffic(limit), "volume")))
                    .isFalse();
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void ofADeadNodeNoMoreIsLostThanItHeldAndNothingIsGrantedTwice() throws Exception {
        long limit = 100 * MIB;
        String counter = cluster.counterAt(2);
        open(traffic(limit), counter);
        nodes.get(2).moveUntil(MIB);
        Await.until(() -> nodes.get(2).moved() >= MIB);
        nodes.get(2).stop();
        for (MovingNode living : nodes.subList(0, 2)) {
            living.hurry();
            living.move(true);
        }
        cluster.terminate(2); // and with it the owner of the counter
        Await.until(() -> nodes.get(0).usedUp() && nodes.get(1).usedUp());
        assertThat(moved()).isLessThanOrEqualTo(limit).isGreaterThan(limit - limit / 8);
    }

    @Test
    void aBandwidthIsHeldWithDemandOnOneOnAllAndMoving() throws Exception {
        long rate = 10_000_000;
        open(bandwidth(rate), "speed");
        nodes.get(0).move(true);
        Await.until(() -> nodes.get(0).moved() > rate); // the full bucket of the beginning is in here
        Whole whole = new Whole(System.nanoTime(), moved());
        isHeld(rate, whole, () -> pass(1_500));
        nodes.forEach(node -> node.move(true));
        isHeld(rate, whole, () -> pass(1_500));
        isHeld(rate, whole, () -> {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    nodes.get(j).move(j == i);
                }
                pass(800);
            }
        });
    }

    /** All the time for which a bandwidth is looked at: when it began, and what had been moved then. */
    private record Whole(long begin, long before) {}

    /**
     * Over all the time no more than 8 % above, and at least once as much as there is. Who was held up may move a full bucket
     * afterwards and what it held, or much less than it might have: then it counts what comes next.
     */
    private void isHeld(long rate, Whole whole, Runnable time) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            long before = moved();
            time.run();
            long moved = moved() - before;
            long due = rate * (System.nanoTime() - begin) / 1_000_000_000;
            assertThat(moved).isLessThan(due + rate / 2);
            long movedInAll = moved() - whole.before();
            long dueInAll = rate * (System.nanoTime() - whole.begin()) / 1_000_000_000;
            assertThat(movedInAll).isLessThan(dueInAll + dueInAll * 8 / 100 + rate / 2);
            if (moved > due / 2 && moved < due + due * 8 / 100) {
                return;
            }
            seen.add(moved + " of " + due);
        }
        fail("never as much as there is: " + seen);
    }

    private static void pass(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        Await.until(() -> System.nanoTime() - end > 0);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void withTooFewMembersNoTrafficIsGranted() throws Exception {
        cluster.terminate(1);
        cluster.terminate(2);
        Await.until(() -> cluster.members.get(0).getCluster().getMembers().size() == 1);
        var refused = nodes.get(0).open(cluster.stores.get(0), traffic(MIB), "few");
        Await.until(refused::isComplete);
        assertThat(refused.cause()).hasMessage("members in sight: 1 (expected: at least 2)");
    }
}
