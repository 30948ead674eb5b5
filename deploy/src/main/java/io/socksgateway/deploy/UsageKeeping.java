package io.socksgateway.deploy;

import io.socksgateway.cluster.ClusterUsage;
import io.socksgateway.cluster.usage.UsageDatabase;
import io.socksgateway.cluster.usage.UsageKeeper;
import io.socksgateway.cluster.usage.UsageStoreException;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.UsageStoreStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the traffic that was used over restarts: what this node counts alone in a file of its own; what the cluster counts in
 * its database or, if it has none, in another file of each node.
 *
 * <p>A file is made when there is something to keep, at the start or after a reload. Thread-safe.
 */
final class UsageKeeping {

    /** Seconds that sessions wait at the start for what was used before. */
    private static final long PATIENCE = 20;

    private final GatewayConfig config;
    private final UsageDatabase file;
    private final LocalQuotaStore own;
    private final UsageKeeper ofNode;
    private final @Nullable UsageDatabase shared;
    private final @Nullable ClusterUsage ofCluster;

    /** What the configuration asks for; nothing is opened yet. */
    UsageKeeping(GatewayConfig config) {
        this.config = config;
        ClusterConfig cluster = config.cluster();
        this.file = UsageDatabase.in(config.node().data(), "usage" + distinction(config));
        LocalQuotaStore[] counted = new LocalQuotaStore[1];
        this.ofNode = UsageKeeper.ofNode(
                file, System::currentTimeMillis, (counter, kept) -> counted[0].restore(counter, kept));
        this.own = new LocalQuotaStore(System::currentTimeMillis, ofNode);
        counted[0] = own;
        this.shared = cluster == null ? null : databaseOf(cluster);
        this.ofCluster = shared == null ? null : new ClusterUsage(shared);
    }

    private UsageDatabase databaseOf(ClusterConfig cluster) {
        return cluster.store() == null
                ? UsageDatabase.in(config.node().data(), "cluster-usage" + distinction(config))
                : UsageDatabase.of(cluster.store());
    }

    /** Nodes of a cluster may share a folder, if they are on one machine. */
    private static String distinction(GatewayConfig config) {
        ClusterConfig cluster = config.cluster();
        return cluster == null
                ? ""
                : "-" + config.node().name().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + cluster.port();
    }

    /** Counts what this node counts alone. */
    LocalQuotaStore own() {
        return own;
    }

    /** For a member of the cluster that is about to start, which may begin when it has; null on a single node. */
    @Nullable
    ClusterUsage ofCluster() {
        return ofCluster;
    }

    /**
     * Reads what this node has used alone.
     *
     * @return fails if the file cannot be used
     */
    Future<Void> begin() {
        return file.isThere() || countsAlone(config) ? patient(ofNode.begin()) : Future.succeededFuture();
    }

    /**
     * Reads what the cluster has used; of its database it may also come later.
     *
     * @return fails if a file cannot be used
     */
    Future<Void> beginTogether() {
        return ofCluster != null && shared != null && (shared.isThere() || countsTogether(config))
                ? patient(ofCluster.begin())
                : Future.succeededFuture();
    }

    /**
     * Begins what the first quotas of their kind need that come with a reload, as a start with them would. That a file can be used
     * is found out first, since what has begun is tried again and again.
     *
     * @return fails if a file cannot be used
     */
    Future<Void> begin(Vertx vertx, GatewayConfig before, GatewayConfig after) {
        boolean alone = countsAlone(after) && !countsAlone(before);
        boolean together = countsTogether(after) && !countsTogether(before);
        if (!alone && !together) {
            return Future.succeededFuture();
        }
        return patient(vertx.executeBlocking(() -> {
                    if (alone) {
                        file.open();
                    }
                    if (together && shared != null) {
                        shared.open();
                    }
                    return null;
                }))
                .compose(opened -> alone ? patient(ofNode.begin()) : Future.succeededFuture())
                .compose(
                        begun -> together && ofCluster != null ? patient(ofCluster.begin()) : Future.succeededFuture());
    }

    private static boolean countsAlone(GatewayConfig config) {
        return limits(config, config.cluster() == null ? null : QuotaScope.NODE);
    }

    private static boolean countsTogether(GatewayConfig config) {
        return config.cluster() != null && limits(config, QuotaScope.CLUSTER);
    }

    private static boolean limits(GatewayConfig config, @Nullable QuotaScope scope) {
        return config.quotas().stream()
                .anyMatch(quota -> quota.traffic() != null && (scope == null || quota.scope() == scope));
    }

    /** What is not wrong for good is tried again, and nobody waits for that. */
    private static Future<Void> patient(Future<Void> reading) {
        return Future.fromCompletionStage(reading.toCompletionStage()
                        .toCompletableFuture()
                        .completeOnTimeout(null, PATIENCE, TimeUnit.SECONDS))
                .recover(failure -> cause(failure) instanceof UsageStoreException trouble && trouble.isOfFile()
                        ? Future.failedFuture(trouble)
                        : Future.succeededFuture());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** How the databases get on. */
    List<UsageStoreStatus> statuses() {
        return Stream.concat(
                        Stream.of(ofNode.status()), Stream.ofNullable(ofCluster).map(ClusterUsage::status))
                .toList();
    }

    /** Writes what is left and closes everything, when nothing is counted any more. */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        Runnable closing = () -> {
            if (ofCluster != null) {
                ofCluster.close();
            }
            ofNode.close();
            closed.complete();
        };
        new Thread(closing, "usage-close").start(); // it blocks, and Vert.x has ended by then
        return closed.future();
    }
}
