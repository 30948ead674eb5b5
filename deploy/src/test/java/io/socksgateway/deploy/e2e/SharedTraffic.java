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

    /** Goes on to send through a node. */
    void goOn(int node) {
        movers.get(node).pause(false);
    }

    /**
     * Sends through these nodes until they cut it off, which takes seconds: what others hold may be given back before it is
     * lost.
     */
    void useUp(int... nodes) {
        for (int node : nodes) {
            goOn(node);
        }
        for (int node : nodes) {
            assertThat(movers.get(node).awaitEnd(QuotaCluster.PATIENCE.toMillis()))
                    .as("cut off by node %d when all is used up", node)
                    .isTrue();
        }
    }

    /** Octets that have come to the target, and the greetings to the clients. */
    long moved() {
        return site.received() + movers.size();
    }

    /** The same, when all have ended: those who rest are told to, and what others had on the way has come too. */
    long movedAtTheEnd() throws IOException {
        for (Mover mover : movers) {
            mover.close();
        }
        Await.until("the target sees the end of all", QuotaCluster.PATIENCE, () -> site.open() == 0);
        return moved();
    }
}
