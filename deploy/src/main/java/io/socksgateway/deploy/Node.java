package io.socksgateway.deploy;

import io.socksgateway.cluster.ClusterNode;
import io.socksgateway.cluster.HazelcastFailureStore;
import io.socksgateway.cluster.HazelcastQuotaStore;
import io.socksgateway.cluster.HazelcastQuotaUses;
import io.socksgateway.cluster.SightLog;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.store.FailureStore;
import io.socksgateway.core.store.LocalFailureStore;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.QuotaStore;
import io.socksgateway.core.store.QuotaUses;
import io.socksgateway.deploy.metrics.Monitoring;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a gateway runs on: a Vert.x, on its own or as a node of a cluster.
 *
 * <p>Its future is to be waited for on a thread that is not one of Vert.x, as those end with it.
 *
 * @param own counts of the quotas with scope {@code node}
 * @param quotas counts of the quotas with scope {@code cluster}
 * @param uses looks into them
 * @param failures where failed logins are counted
 * @param members how many nodes of the cluster are in sight, this one included
 * @param usage where traffic is written down
 * @param closing leaves the cluster, if there is one, and closes the Vert.x
 */
record Node(
        Vertx vertx,
        LocalQuotaStore own,
        QuotaStore quotas,
        QuotaUses uses,
        FailureStore failures,
        LongSupplier members,
        UsageKeeping usage,
        Supplier<Future<Void>> closing) {

    /**
     * Joins the cluster, if there is one, and finds out what was used before.
     *
     * @param plain used on a single node that nobody watches; otherwise there is a Vert.x of its own, and this one is closed
     */
    static Future<Node> start(Vertx plain, GatewayConfig config, Monitoring monitoring) {
        UsageKeeping usage = new UsageKeeping(config);
        return usage.begin()
                .compose(begun -> start(plain, config, monitoring, usage))
                .recover(failure ->
                        Future.join(plain.close(), usage.close()).transform(closed -> Future.failedFuture(failure)));
    }

    private static Future<Node> start(Vertx plain, GatewayConfig config, Monitoring monitoring, UsageKeeping usage) {
        ClusterConfig cluster = config.cluster();
        if (cluster == null && monitoring == Monitoring.OFF) {
            return Future.succeededFuture(alone(plain, usage));
        }
        Future<Void> unused = plain.close();
        VertxOptions options = monitoring.vertx(Transport.options());
        if (cluster == null) {
            return Future.succeededFuture(alone(Vertx.vertx(options), usage));
        }
        options.getEventBusOptions()
                .setClusterNodeMetadata(
                        new JsonObject().put(ClusterBus.NODE, config.node().name()));
        return ClusterNode.start(cluster, options, usage.ofCluster())
                .onSuccess(member -> SightLog.begin(member.hazelcast(), cluster))
                .compose(member -> usage.beginTogether()
                        .map(known -> member(member, cluster, usage))
                        .recover(failure -> member.close().transform(closed -> Future.failedFuture(failure))));
    }

    private static Node member(ClusterNode member, ClusterConfig cluster, UsageKeeping usage) {
        return new Node(
                member.vertx(),
                usage.own(),
                HazelcastQuotaStore.open(member.vertx(), member.hazelcast(), cluster),
                new HazelcastQuotaUses(member.hazelcast()),
                HazelcastFailureStore.open(member.vertx(), member.hazelcast()),
                () -> member.hazelcast().getCluster().getMembers().size(),
                usage,
                () -> member.close().eventually(usage::close));
    }

    private static Node alone(Vertx vertx, UsageKeeping usage) {
        return new Node(
                vertx,
                usage.own(),
                usage.own(),
                usage.own(),
                new LocalFailureStore(),
                () -> 1,
                usage,
                () -> vertx.close().eventually(usage::close));
    }

    Future<Void> close() {
        return closing.get();
    }
}
