package io.socksgateway.deploy;

import io.socksgateway.cluster.ClusterNode;
import io.socksgateway.cluster.HazelcastQuotaStore;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.QuotaStore;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a gateway runs on: its Vert.x, and the store of its counts.
 *
 * <p>Made step by step on a thread that may block. A chain of futures would not survive the changing of the Vert.x, as
 * results are delivered on the event loops of the one that is closed.
 *
 * <p>Thread-safe.
 */
record NodeRuntime(Vertx vertx, QuotaStore store) {

    private static final long CLOSING_SECONDS = 10;

    /** On a Vert.x that there is already, alone. */
    static NodeRuntime alone(Vertx vertx) {
        return new NodeRuntime(vertx, new LocalQuotaStore());
    }

    /**
     * Joins a cluster, which needs a Vert.x of its own; waits for it.
     *
     * @param plain is closed
     * @throws TimeoutException if it takes longer than so many seconds; any exception that the joining fails with may come
     *     too, a checked one as well
     */
    static NodeRuntime join(Vertx plain, ClusterConfig cluster, long seconds) throws TimeoutException {
        plain.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
        ClusterNode node = ClusterNode.start(cluster, Transport.options()).await(seconds, TimeUnit.SECONDS);
        QuotaStore store = HazelcastQuotaStore.open(node.vertx(), node.hazelcast(), cluster.minimumMembers());
        return new NodeRuntime(node.vertx(), store);
    }

    /** Undeploys everything and leaves the cluster; waits for it. */
    void close() throws TimeoutException {
        vertx.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
