package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A user who sends through all nodes, each of which has reserved more than it has sent. */
final class SharedTraffic {

    private static final long SOME = 8 << 20;

    private final Site site;
    private final List<Mover> movers = new ArrayList<>();

    private SharedTraffic(Site site) {
        this.site = site;
    }

    /**
     * Sends some through each node, and pauses; nothing is on the way then.
     *
     * @param last the node to go last
     */
    static SharedTraffic begin(QuotaCluster cluster, String user, Site site, int last) throws IOException {
        SharedTraffic traffic = new SharedTraffic(site);
        for (int node = 0; node < cluster.size(); node++) {
            Mover mover = Mover.up(cluster.tunnel(node, user, site));
            mover.pause(true);
            traffic.movers.add(mover);
        }
        for (int node = 0; node < cluster.size(); node++) {
            if (node != last) {
                traffic.some(node);
            }
        }
        traffic.some(last);
        return traffic;
    }

    private void some(int node) {
        long before = site.received();
        movers.get(node).pause(false);
        Await.until("some octets through node " + node, QuotaCluster.PATIENCE, () -> site.received() > before + SOME);
        movers.get(node).pause(true);
        Await.until(
                "all of it has come",
                QuotaCluster.PATIENCE,
                () -> movers.get(node).isResting()
                        && site.received()
                                == movers.stream().mapToLong(Mover::sent).sum());
    }

    /** Sends through a node until it is cut off. */
    void useUp(int node) {
        movers.get(node).pause(false);
        assertThat(movers.get(node).awaitEnd(QuotaCluster.PATIENCE.toMillis()))
                .as("cut off when all is used up")
                .isTrue();
    }

    /** Octets that have come to the target, and the greetings to the clients. */
    long moved() {
        return site.received() + movers.size();
    }

    /** The same, when what was on the way at the end of the last tunnel has come too. */
    long movedAtTheEnd() {
        Await.until("the target sees the end of all", QuotaCluster.PATIENCE, () -> site.open() == 0);
        return moved();
    }
}
