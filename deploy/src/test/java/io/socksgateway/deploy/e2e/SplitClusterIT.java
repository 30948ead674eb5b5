package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.deploy.e2e.QuotaCluster.Place;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of five processes whose network falls apart: two of them keep each other in sight, which is enough; three are
 * alone, and each does something else about that.
 */
class SplitClusterIT {

    private static final int LIMIT = 10;
    private static final int USERS = 20;
    private static final List<Integer> TOGETHER = List.of(0, 1);
    private static final int DENYING = 2;
    private static final int LOCAL = 3;
    private static final int ALLOWING = 4;
    private static final List<Integer> ALL = List.of(0, 1, DENYING, LOCAL, ALLOWING);

    @TempDir
    private Path folder;

    private SplitNetwork network;
    private ObservedTarget target;
    private QuotaCluster cluster;
    private Site probes;
    private final AtomicInteger probed = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        network = SplitNetwork.of(4);
        target = ObservedTarget.start(network.own());
        probes = target.site();
        cluster = QuotaCluster.start(
                folder,
                network.own(),
                List.of(
                        place(0, 5701, "deny"),
                        place(0, 5702, "deny"),
                        place(1, 5701, "deny"),
                        place(2, 5701, "local"),
                        place(3, 5701, "allow")),
                2,
                """
                {"name": "sessions", "key": "user", "sessions": %d, "onClaim": true}""".formatted(LIMIT));
    }

    private Place place(int machine, int port, String onPartition) {
        return new Place(
                network.entering(machine), network.service(machine), network.cluster(machine), port, onPartition);
    }

    @AfterEach
    void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (target != null) {
            target.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void eachPartGrantsWhatItIsToldToAndAfterwardsAllCountWhatIsOpen() throws Exception {
        Site site = target.site();
        cluster.awaitFree("sessions-split", site, LIMIT, ALL);
        List<SocksClient> before = rush(4, site, TOGETHER);
        assertThat(before).hasSize(4);
        NoticedSplit noticed = new NoticedSplit();

        network.cutOff(1);
        network.cutOff(2);
        network.cutOff(3);
        askBothSides(noticed);
        List<SocksClient> together = rush(LIMIT, site, TOGETHER);
        assertThat(together).as("by those who are enough").hasSize(LIMIT - before.size());
        assertThat(rush(LIMIT, site, List.of(DENYING))).as("deny").isEmpty();
        List<SocksClient> local = rush(LIMIT, site, List.of(LOCAL));
        assertThat(local).as("a fifth").hasSize(LIMIT / ALL.size());
        List<SocksClient> allowed = rush(LIMIT + 2, site, List.of(ALLOWING));
        assertThat(allowed).as("all").hasSize(LIMIT);
        assertThat(site.open()).isEqualTo(LIMIT + LIMIT / ALL.size() + LIMIT);

        network.reconnect(1);
        network.reconnect(2);
        network.reconnect(3);
        awaitWhole();
        assertThat(rush(ALL.size(), site, ALL))
                .as("more than the limit is open")
                .isEmpty();
        QuotaCluster.leave(before);
        QuotaCluster.leave(together);
        assertThat(rush(ALL.size(), site, ALL)).as("the others are counted too").isEmpty();
        QuotaCluster.leave(local);
        assertThat(rush(ALL.size(), site, ALL))
                .as("as many as the limit are open")
                .isEmpty();
        QuotaCluster.leave(allowed.subList(0, 3));
        Await.until("three come in place of those that ended", QuotaCluster.PATIENCE, () -> comeInPlaceOfOthers(site));
        assertThat(rush(ALL.size(), site, ALL))
                .as("as many as the limit are open again")
                .isEmpty();
        assertThat(site.open()).isEqualTo(LIMIT);
        noticed.end();
    }

    /** While nobody knows yet who is gone: of users enough for either side to own the counters of some. */
    private void askBothSides(NoticedSplit noticed) throws Exception {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            sites.add(target.site());
        }
        List<List<SocksClient>> in = Crowd.run(
                2 * USERS,
                i -> () -> cluster.fill(
                        "sessions-both" + i / 2,
                        sites.get(i / 2),
                        LIMIT,
                        List.of(i % 2 == 0 ? DENYING : TOGETHER.get(0))));
        noticed.await();
        for (int i = 0; i < USERS; i++) {
            Site site = sites.get(i);
            // on a busy machine it may take longer to notice who is gone than a session waits
            List<SocksClient> late = site.open() < LIMIT
                    ? cluster.rush("sessions-both" + i, site, LIMIT - site.open(), TOGETHER)
                    : List.of();
            assertThat(site.mostOpen())
                    .as(
                            "%d by the denying, %d by the others, %d of them late",
                            in.get(2 * i).size(), in.get(2 * i + 1).size() + late.size(), late.size())
                    .isEqualTo(LIMIT);
            QuotaCluster.leave(in.get(2 * i));
            QuotaCluster.leave(in.get(2 * i + 1));
            QuotaCluster.leave(late);
        }
    }

    private List<SocksClient> rush(int most, Site site, List<Integer> over) throws Exception {
        return cluster.rush("sessions-split", site, most, over);
    }

    /** Whether there are as many as the limit again; it may take a moment until it is known that others have ended. */
    private boolean comeInPlaceOfOthers(Site site) {
        try {
            List<SocksClient> unused = rush(2 * ALL.size(), site, ALL);
            return site.open() >= LIMIT;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Looks with other users what the nodes know of each other. */
    private final class NoticedSplit {
        private final Site site = target.site();
        private final List<SocksClient> in = new ArrayList<>();

        private NoticedSplit() throws Exception {
            in.addAll(cluster.rush("sessions-together", site, LIMIT, TOGETHER));
            in.addAll(cluster.rush("sessions-alone", site, LIMIT, List.of(DENYING)));
            assertThat(in).hasSize(2 * LIMIT);
        }

        /** Each finds out by itself. */
        void await() {
            long start = System.nanoTime();
            Await.until("the denying denies", QuotaCluster.PATIENCE, () -> open("sessions-denied", DENYING, 1) == 0);
            Await.until(
                    "the local has its part only",
                    QuotaCluster.PATIENCE,
                    () -> open("sessions-local", LOCAL, LIMIT) == LIMIT / ALL.size());
            Await.until(
                    "the allowing forgets the others",
                    QuotaCluster.PATIENCE,
                    () -> open("sessions-together", ALLOWING, LIMIT) == LIMIT);
            for (int node : TOGETHER) {
                Await.until(
                        "the others forget those who are alone",
                        QuotaCluster.PATIENCE,
                        () -> open("sessions-alone", node, LIMIT) == LIMIT);
            }
            System.out.printf("split: noticed by all after %.1f s%n", (System.nanoTime() - start) / 1e9);
        }

        void end() throws IOException {
            QuotaCluster.leave(in);
        }
    }

    /** How many of so many a node lets in; they do not stay. */
    private int open(String user, int node, int most) {
        try {
            List<SocksClient> in = cluster.rush(user, probes, most, List.of(node));
            QuotaCluster.leave(in);
            return in.size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What is counted at one node is counted for all others. */
    private void awaitWhole() {
        long start = System.nanoTime();
        Await.until("what is open on each node is counted by all", QuotaCluster.PATIENCE, () -> {
            try {
                return !Crowd.run(ALL.size(), i -> () -> isCounted(ALL.get(i))).contains(false);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        System.out.printf("split: healed after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private boolean isCounted(int node) throws Exception {
        String user = "sessions-probe" + probed.getAndIncrement();
        List<SocksClient> in = cluster.rush(user, probes, LIMIT, List.of(node));
        List<SocksClient> more = cluster.rush(user, probes, ALL.size(), ALL);
        QuotaCluster.leave(in);
        QuotaCluster.leave(more);
        return in.size() == LIMIT && more.isEmpty();
    }
}
