package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Users who have all the tunnels that they may, one through each node. They are enough for each node to own the counters of
 * some.
 */
final class FullUsers {

    private static final int USERS = 9;

    private final QuotaCluster cluster;
    private final List<User> users = new ArrayList<>();

    private record User(String name, Site site, List<SocksClient> through, List<SocksClient> later) {}

    private FullUsers(QuotaCluster cluster) {
        this.cluster = cluster;
    }

    /** Opens them. */
    static FullUsers open(QuotaCluster cluster, ObservedTarget target, String prefix) throws Exception {
        FullUsers full = new FullUsers(cluster);
        for (int i = 0; i < USERS; i++) {
            full.users.add(new User(prefix + i, target.site(), new ArrayList<>(), new CopyOnWriteArrayList<>()));
        }
        for (User user : full.users) {
            for (int node = 0; node < cluster.size(); node++) {
                SocksClient tunnel = cluster.stay(node, user.name, user.site);
                assertThat(tunnel).as("%s through node %d", user.name, node).isNotNull();
                user.through.add(tunnel);
            }
        }
        assertThat(full.tryAll(List.of(0, 1, 2))).isZero();
        return full;
    }

    /** How many more they could open, all at once through each of the nodes; those stay. */
    int tryAll(List<Integer> over) throws Exception {
        List<Boolean> opened = Crowd.run(USERS * over.size(), i -> () -> {
            User user = users.get(i % USERS);
            SocksClient tunnel = cluster.stay(over.get(i / USERS), user.name, user.site);
            return tunnel != null && user.later.add(tunnel);
        });
        return Collections.frequency(opened, true);
    }

    /**
     * Opens one more for each user, in place of the one through a node that is lost.
     *
     * @return the seconds until all of them had it
     */
    double replace(int lost, List<Integer> over) throws Exception {
        long start = System.nanoTime();
        List<Double> seconds = Crowd.run(USERS, i -> () -> {
            User user = users.get(i);
            Await.until("one more for " + user.name, QuotaCluster.PATIENCE, () -> {
                SocksClient tunnel = openOrNot(over.get(i % over.size()), user);
                return tunnel != null && user.later.add(tunnel);
            });
            return (System.nanoTime() - start) / 1e9;
        });
        assertThat(tryAll(over)).as("more than what node %d held", lost).isZero();
        return seconds.stream().mapToDouble(each -> each).max().orElseThrow();
    }

    private SocksClient openOrNot(int node, User user) {
        try {
            return cluster.stay(node, user.name, user.site);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Tries to open more everywhere, which must fail, until a node serves somebody else.
     *
     * @return the seconds until then
     */
    double refuseUntilServing(int node, String other, Site site) throws Exception {
        long start = System.nanoTime();
        while (true) {
            SocksClient served = cluster.stay(node, other, site);
            assertThat(tryAll(List.of(0, 1, 2)))
                    .as("let in on top of a full limit")
                    .isZero();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (served != null) {
                QuotaCluster.leave(served);
                return seconds;
            }
            assertThat(seconds).isLessThan((double) QuotaCluster.PATIENCE.toSeconds());
        }
    }

    /** Ends the tunnels through a node. */
    void leave(int node) throws IOException {
        for (User user : users) {
            QuotaCluster.leave(user.through.get(node));
        }
    }

    /** Waits until each can open one more, and no second one; then ends all. */
    void awaitFree(List<Integer> over) throws Exception {
        double unused = replace(-1, over);
        for (User user : users) {
            assertThat(user.site.open()).as(user.name).isEqualTo(3);
        }
    }

    /** The most that any user had open at one instant. */
    int mostOpen() {
        return users.stream().mapToInt(user -> user.site.mostOpen()).max().orElseThrow();
    }
}
