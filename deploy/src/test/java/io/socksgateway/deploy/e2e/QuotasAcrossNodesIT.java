package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What quotas promise, on three processes with 200 clients at a time, and counted by an observer at the target. One cluster
 * for all of it, as joining takes the most time; each part has users of its own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuotasAcrossNodesIT {

    private static final int CLIENTS = 200;
    private static final int SESSIONS = 40;
    private static final List<Integer> ALL = List.of(0, 1, 2);

    private static final int STARTS = 50;
    private static final long TRAFFIC = 96 << 20;
    private static final int OCTETS_PER_SECOND = 1_000_000;

    /** How far above its limit a pace may be, over ten seconds, as a part of it. */
    private static final double ABOVE = Double.parseDouble(System.getProperty("quotas.tolerance", "0.10"));

    /** How far below: where processes have to wait for a processor longer than a slice lasts, some of it is lost. */
    private static final double BELOW = Double.parseDouble(System.getProperty("quotas.tolerance", "0.25"));

    /** Seconds until what a dead node held is free; 15 where nothing else keeps the machine busy. */
    private static final double FREE = Double.parseDouble(System.getProperty("quotas.free", "60"));

    private static final int RESTARTS = Integer.getInteger("quotas.restarts", 3);

    private static final String QUOTAS = """
            {"name": "sessions", "key": "user", "sessions": %d, "onClaim": true},
            {"name": "trio", "key": "user", "sessions": 3, "onClaim": true},
            {"name": "starts", "key": "user", "sessionsPerSecond": %d, "onClaim": true},
            {"name": "traffic", "key": "user", "traffic": {"limit": "%dB", "per": "month"}, "onClaim": true},
            {"name": "speed", "key": "user", "bandwidth": {"up": "8Mbit/s", "down": "8Mbit/s"}, "onClaim": true}""".formatted(SESSIONS, STARTS, TRAFFIC);

    @TempDir
    private static Path folder;

    private static ObservedTarget target;
    private static QuotaCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        target = ObservedTarget.start(InetAddress.getLoopbackAddress());
        cluster = QuotaCluster.start(folder, ALL.size(), QUOTAS);
    }

    /** Each begins with three nodes, whatever the one before has left. */
    @BeforeEach
    void mend() throws Exception {
        cluster.mend("trio-before", target.site(), 3);
    }

    @AfterAll
    static void stop() throws IOException {
        target.close();
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void neverMoreSessionsThanTheLimitAtAnyInstantAndAllOfThem() throws Exception {
        Site site = target.site();
        cluster.awaitFree("sessions-race", site, SESSIONS, ALL);

        List<SocksClient> in = cluster.rush("sessions-race", site, CLIENTS, ALL);
        assertThat(in).hasSize(SESSIONS);
        assertThat(site.mostOpen()).isEqualTo(SESSIONS);
        assertThat(site.open()).isEqualTo(SESSIONS);
        QuotaCluster.leave(in);

        List<Integer> served = Crowd.run(CLIENTS, i -> () -> comeAndGo(i, site));
        System.out.printf(
                "sessions: %d of %d served, %d at most at one instant (limit %d)%n",
                served.stream().mapToInt(Integer::intValue).sum(), CLIENTS * 3, site.mostOpen(), SESSIONS);
        assertThat(site.mostOpen()).isEqualTo(SESSIONS);
        cluster.awaitFree("sessions-race", site, SESSIONS, ALL);
        assertThat(site.mostOpen()).isEqualTo(SESSIONS);
    }

    private static int comeAndGo(int client, Site site) throws IOException {
        int served = 0;
        for (int i = 0; i < 3; i++) {
            SocksClient tunnel = cluster.stay((client + i) % ALL.size(), "sessions-race", site);
            if (tunnel != null) {
                QuotaCluster.leave(tunnel);
                served++;
            }
        }
        return served;
    }

    @Test
    @Order(2)
    void trafficToTheOctetAndAsGoodAsAllOfIt() throws Exception {
        Site site = target.site();
        List<Mover> movers = Crowd.run(CLIENTS, i -> () -> mover(i, site)).stream()
                .filter(Objects::nonNull)
                .toList();
        for (Mover mover : movers) {
            assertThat(mover.awaitEnd(QuotaCluster.PATIENCE.toMillis()))
                    .as("cut off when the traffic is used up")
                    .isTrue();
        }
        for (int node : ALL) {
            assertThat(cluster.tunnel(node, "traffic-race", site)).isNull();
        }
        Await.until("the target sees the end of all", QuotaCluster.PATIENCE, () -> site.open() == 0);
        long down = movers.stream().mapToLong(Mover::received).sum();
        long moved = site.received() + down;
        System.out.printf(
                "traffic: %d of %d octets by %d clients, %.3f %%%n",
                moved, TRAFFIC, movers.size(), 100.0 * moved / TRAFFIC);
        assertThat(moved).isBetween(TRAFFIC - TRAFFIC / 100, TRAFFIC);
    }

    private static Mover mover(int client, Site site) throws IOException {
        try {
            SocksClient tunnel = cluster.tunnel(client % ALL.size(), "traffic-race", site);
            if (tunnel == null) {
                return null;
            }
            return client % 2 == 0 ? Mover.up(tunnel) : Mover.down(tunnel);
        } catch (IOException cutOff) {
            return null; // there was not even an octet left for the greeting
        }
    }

    @Test
    @Order(3)
    void bandwidthAndStartsWhereverTheDemandIs() throws Exception {
        try (PacedLoad load = new PacedLoad(cluster, target)) {
            List<Pace> paces = load.start(OCTETS_PER_SECOND, STARTS);
            boolean kept = false;
            for (int i = 0; i < 4 && !kept; i++) {
                Pace.watch(12, paces, load::move);
                paces.forEach(System.out::println);
                kept = paces.stream().filter(pace -> pace.isKept(BELOW, ABOVE)).count() == paces.size();
            }
            assertThat(paces).allMatch(pace -> pace.isKept(1, ABOVE));
            assumeTrue(kept || !isStarved(), "the machine is too busy to use up what may be used");
            assertThat(paces).allMatch(pace -> pace.isKept(BELOW, ABOVE));
        }
    }

    /** Many more want to run than can: whoever moves octets waits for a processor, not for the quota. */
    private static boolean isStarved() {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        return machine.getSystemLoadAverage() > 6 * machine.getAvailableProcessors();
    }

    @Test
    @Order(4)
    void rollingRestartsRefuseNobodyAndLeaveNothingBehind() throws Exception {
        Site site = target.site();
        try (VisitingClients clients = VisitingClients.start(cluster, "sessions-rolling", site, SESSIONS * 2 / 3)) {
            for (int i = 0; i < RESTARTS; i++) {
                int node = i % ALL.size();
                clients.leave(node);
                cluster.node(node).terminate();
                assertThat(cluster.node(node).awaitExit()).isZero();
                cluster.restart(List.of(node));
                cluster.awaitWhole();
                clients.come(node);
                assertNoTrouble(clients, node, "after restart " + (i + 1));
                if (i % 10 == 9) {
                    System.out.printf("%d restarts, %d sessions%n", i + 1, clients.served());
                }
            }
            System.out.printf("%d rolling restarts: %d sessions, none refused%n", RESTARTS, clients.served());
        }
        List<SocksClient> in = cluster.awaitFull("sessions-rolling", site, SESSIONS, ALL);
        assertThat(cluster.rush("sessions-rolling", site, 6, ALL)).isEmpty();
        QuotaCluster.leave(in);
        assertThat(site.mostOpen()).isEqualTo(SESSIONS);
    }

    /** A node that was held up for seconds refuses on purpose until it trusts itself again, which is no fault of restarts. */
    private static void assertNoTrouble(VisitingClients clients, int restarted, String when) {
        List<PackagedGateway> nodes = ALL.stream().map(cluster::node).toList();
        assumeTrue(
                clients.trouble().isEmpty()
                        || (nodes.stream().noneMatch(node -> node.log().text().contains("this node stood still"))
                                && !cluster.node(restarted).hasLostOthers()),
                "the machine is too busy: a node stood still for seconds");
        assertThat(clients.trouble()).as(when).isEmpty();
    }

    /** Its sessions are still open when it comes back, and count again; nothing new is granted on top of them. */
    @Test
    @Order(5)
    void aNodeThatFreezesAndComesBackBringsNoDeadGrantsToLife() throws Exception {
        FullUsers users = FullUsers.open(cluster, target, "trio-freeze");
        SharedTraffic traffic = SharedTraffic.begin(cluster, "traffic-freeze", target.site(), 2);
        cluster.node(2).freeze();
        traffic.goOn(0);
        double seconds = users.replace(2, List.of(0, 1));
        System.out.printf("frozen node: its sessions are free after %.1f s%n", seconds);
        assertThat(seconds).isLessThan(FREE);
        traffic.useUp(0);

        cluster.node(2).thaw();
        seconds = users.refuseUntilServing(2, "trio-thawed", target.site());
        System.out.printf("thawed node: serves again after %.1f s%n", seconds);
        assertThat(users.tryAll(ALL)).as("4 of 3 are open").isZero();
        users.leave(0);
        assertThat(users.tryAll(ALL)).as("3 of 3 are open").isZero();
        users.leave(2);
        users.awaitFree(ALL);

        traffic.useUp(2);
        long moved = traffic.movedAtTheEnd();
        System.out.printf("traffic with a node that was frozen: %.3f %%%n", 100.0 * moved / TRAFFIC);
        assertThat(moved).isBetween(TRAFFIC - TRAFFIC / 8, TRAFFIC);
    }

    /** Whether it owned their counters or not. */
    @Test
    @Order(6)
    void whatAKilledNodeHeldIsFreeAgainAndNothingElse() throws Exception {
        FullUsers users = FullUsers.open(cluster, target, "trio-kill");
        SharedTraffic traffic = SharedTraffic.begin(cluster, "traffic-kill", target.site(), 2);
        cluster.node(2).kill();
        double seconds = users.replace(2, List.of(0, 1));
        System.out.printf("killed node: its sessions are free after %.1f s%n", seconds);
        assertThat(seconds).isLessThan(FREE);
        assertThat(users.mostOpen()).isEqualTo(3);

        traffic.useUp(0, 1);
        long moved = traffic.movedAtTheEnd();
        System.out.printf("traffic with a node that was killed: %.3f %%%n", 100.0 * moved / TRAFFIC);
        assertThat(moved).isBetween(TRAFFIC - TRAFFIC / 8, TRAFFIC);
    }
}
