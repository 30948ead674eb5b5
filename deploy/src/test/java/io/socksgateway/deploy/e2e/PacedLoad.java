package io.socksgateway.deploy.e2e;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * More demand than quotas allow, in four shapes: octets by one node, by all, and now by one and now by another; and new
 * sessions by all.
 */
final class PacedLoad implements AutoCloseable {

    /** Clients that move octets, on each node and of each shape. 16 of them make 204 clients in all. */
    private static final int EACH = Integer.getInteger("quotas.movers", 4);

    private static final int STARTERS = 4;
    private static final long STAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1_300);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final QuotaCluster cluster;
    private final ObservedTarget target;
    private final List<Mover> movers = new ArrayList<>();
    private final List<List<Mover>> moving = new ArrayList<>();
    private volatile boolean closed;
    private long moved = System.nanoTime();
    private int place;

    PacedLoad(QuotaCluster cluster, ObservedTarget target) {
        this.cluster = cluster;
        this.target = target;
    }

    /** Begins, and returns what is to be watched. */
    List<Pace> start(double octetsPerSecond, double starts) throws IOException {
        Site one = target.site();
        Site all = target.site();
        Site changing = target.site();
        Site down = target.site();
        Site opened = target.site();
        List<Mover> readers = new ArrayList<>();
        for (int i = 0; i < EACH * cluster.size(); i++) {
            int node = i % cluster.size();
            movers.add(Mover.up(cluster.tunnel(0, "speed-one", one)));
            movers.add(Mover.up(cluster.tunnel(node, "speed-all", all)));
            readers.add(Mover.down(cluster.tunnel(node, "speed-down", down)));
        }
        movers.addAll(readers);
        for (int node = 0; node < cluster.size(); node++) {
            List<Mover> here = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                here.add(Mover.up(cluster.tunnel(node, "speed-moving", changing)));
            }
            moving.add(here);
            movers.addAll(here);
            int through = node;
            for (int i = 0; i < STARTERS; i++) {
                Thread thread = new Thread(() -> openAndEnd(through, opened), "starter");
                thread.setDaemon(true);
                thread.start();
            }
        }
        showUp();
        return List.of(
                new Pace("bandwidth up, one node", octetsPerSecond, one::received),
                new Pace("bandwidth up, all nodes", octetsPerSecond, all::received),
                new Pace("bandwidth up, now here, now there", octetsPerSecond, changing::received),
                new Pace("bandwidth down, all nodes", octetsPerSecond, () -> readers.stream()
                        .mapToLong(Mover::received)
                        .sum()),
                new Pace("starts, all nodes", starts, opened::accepted));
    }

    /** To be called all the time: the demand moves to the next node. */
    void move() {
        if (System.nanoTime() - moved > STAY_NANOS) {
            moved = System.nanoTime();
            place = (place + 1) % moving.size();
            showUp();
        }
    }

    private void showUp() {
        for (int node = 0; node < moving.size(); node++) {
            boolean elsewhere = node != place;
            moving.get(node).forEach(mover -> mover.pause(elsewhere));
        }
    }

    private void openAndEnd(int node, Site site) {
        while (!closed) {
            try {
                SocksClient tunnel = cluster.tunnel(node, "starts-all", site);
                if (tunnel == null) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                } else {
                    tunnel.close();
                }
            } catch (IOException e) {
                return; // the observer will miss it
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Mover mover : movers) {
            mover.close();
        }
    }
}
