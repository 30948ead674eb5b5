package io.socksgateway.deploy.e2e;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of one user who come, stay a moment, and go, all the time; each stays with its node until it is told to leave that,
 * as behind a balancer. So a session has ended, as far as its node is concerned, before the next of the same client begins,
 * unless the client changes nodes.
 */
final class VisitingClients implements AutoCloseable {

    private static final long STAY_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final QuotaCluster cluster;
    private final String user;
    private final Site site;
    private final ConcurrentSkipListSet<Integer> places = new ConcurrentSkipListSet<>();
    private final AtomicIntegerArray coming;
    private final AtomicLong served = new AtomicLong();
    private final Queue<String> trouble = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private VisitingClients(QuotaCluster cluster, String user, Site site) {
        this.cluster = cluster;
        this.user = user;
        this.site = site;
        this.coming = new AtomicIntegerArray(cluster.size());
    }

    static VisitingClients start(QuotaCluster cluster, String user, Site site, int count) {
        VisitingClients clients = new VisitingClients(cluster, user, site);
        for (int node = 0; node < cluster.size(); node++) {
            clients.places.add(node);
        }
        for (int i = 0; i < count; i++) {
            int first = i % cluster.size();
            Thread thread = new Thread(() -> clients.visit(first), "visitor");
            thread.setDaemon(true);
            thread.start();
            clients.threads.add(thread);
        }
        return clients;
    }

    private void visit(int first) {
        int node = first;
        while (!closed) {
            node = enter(node);
            try {
                SocksClient tunnel;
                try {
                    tunnel = cluster.stay(node, user, site);
                } finally {
                    coming.decrementAndGet(node);
                }
                if (tunnel == null) {
                    trouble.add("refused on node " + node + " with " + site.open() + " open");
                } else {
                    LockSupport.parkNanos(STAY_NANOS);
                    QuotaCluster.leave(tunnel);
                    served.incrementAndGet();
                }
            } catch (IOException | AssertionError e) {
                trouble.add("on node " + node + ": " + e);
            }
        }
    }

    /** Announces itself at its node, or at the next if it may not come there any more. */
    private int enter(int node) {
        for (int at = node; ; at = (at + 1) % cluster.size()) {
            coming.incrementAndGet(at);
            if (places.contains(at)) {
                return at;
            }
            coming.decrementAndGet(at);
        }
    }

    /** Nobody comes to a node any more; who is there may still stay a moment. */
    void leave(int node) {
        places.remove(node);
        Await.until("nobody is on the way to node " + node, QuotaCluster.PATIENCE, () -> coming.get(node) == 0);
    }

    /** Clients may come to a node again; those that have been there before do. */
    void come(int node) {
        places.add(node);
    }

    long served() {
        return served.get();
    }

    /** What has gone wrong so far. */
    List<String> trouble() {
        return List.copyOf(trouble);
    }

    @Override
    public void close() {
        closed = true;
        Await.until(
                "all have left", QuotaCluster.PATIENCE, () -> threads.stream().noneMatch(Thread::isAlive));
    }
}
