package io.socksgateway.deploy;

import io.socksgateway.cluster.usage.UsageDatabase;
import io.socksgateway.cluster.usage.UsageKeeper;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.UsageStoreStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/**
 * Keeps the traffic that was used over restarts: in a file of the node what it counts alone.
 *
 * <p>A file is made when there is something to keep, at the start or after a reload. Thread-safe.
 */
final class UsageKeeping {

    private final LocalQuotaStore own;
    private final UsageKeeper ofNode;
    private final boolean limited;

    private UsageKeeping(LocalQuotaStore own, UsageKeeper ofNode, boolean limited) {
        this.own = own;
        this.ofNode = ofNode;
        this.limited = limited;
    }

    /** What the configuration asks for; nothing is opened yet. */
    static UsageKeeping of(GatewayConfig config) {
        ClusterConfig cluster = config.cluster();
        LocalQuotaStore[] own = new LocalQuotaStore[1];
        UsageKeeper keeper = UsageKeeper.ofNode(
                UsageDatabase.in(config.node().data(), file(config)),
                System::currentTimeMillis,
                (counter, kept) -> own[0].restore(counter, kept));
        own[0] = new LocalQuotaStore(System::currentTimeMillis, keeper);
        boolean limited = config.quotas().stream()
                .anyMatch(quota -> quota.traffic() != null && (cluster == null || quota.scope() == QuotaScope.NODE));
        return new UsageKeeping(own[0], keeper, limited);
    }

    /** Nodes of a cluster may share a folder, if they are on one machine. */
    private static String file(GatewayConfig config) {
        ClusterConfig cluster = config.cluster();
        return cluster == null
                ? "usage"
                : "usage-" + config.node().name().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + cluster.port();
    }

    /** Counts what this node counts alone. */
    LocalQuotaStore own() {
        return own;
    }

    /**
     * Reads what was used before, if any quota limits that.
     *
     * @return fails if the file of the node cannot be used
     */
    Future<Void> begin() {
        return limited ? ofNode.begin() : Future.succeededFuture();
    }

    /** How the databases get on. */
    List<UsageStoreStatus> statuses() {
        return List.of(ofNode.status());
    }

    /** Writes what is left and closes everything, when nothing is counted any more. */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        // not on a thread of Vert.x, which has ended by then
        new Thread(
                        () -> {
                            ofNode.close();
                            closed.complete();
                        },
                        "usage-close")
                .start();
        return closed.future();
    }
}
