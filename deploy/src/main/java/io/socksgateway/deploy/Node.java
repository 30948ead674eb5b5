package io.socksgateway.deploy;

import io.socksgateway.cluster.ClusterNode;
import io.socksgateway.cluster.HazelcastFailureStore;
import io.socksgateway.cluster.HazelcastQuotaStore;
import io.socksgateway.cluster.HazelcastQuotaUses;
import io.socksgateway.cluster.SightLog;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.config.ClusterConfig;
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
import org.jspecify.annotations.Nullable;

/**
 * What a gateway runs on: a Vert.x, on its own or as a node of a cluster.
 *
 * <p>Its future is to be waited for on a thread that is not one of Vert.x, as those end with it.
 *
 * @param quotas counts of the quotas with scope {@code cluster}
 * @param uses looks into them
 * @param failures where failed logins are counted
 * @param members how many nodes of the cluster are in sight, this one included
 * @param closing leaves the cluster, if there is one, and closes the Vert.x
 */
record Node(
        Vertx vertx,
        QuotaStore quotas,
        QuotaUses uses,
        FailureStore failures,
        LongSupplier members,
        Supplier<Future<Void>> closing) {

    /**
     * Joins the cluster, if there is one.
     *
     * @param plain used on a single node that nobody watches; otherwise there is a Vert.x of its own, and this one is closed
     * @param name what the others call this one
     */
    static Future<Node> start(Vertx plain, @Nullable ClusterConfig cluster, String name, Monitoring monitoring) {
        if (cluster == null && monitoring == Monitoring.OFF) {
            return Future.succeededFuture(alone(plain));
        }
        Future<Void> unused = plain.close();
        VertxOptions options = monitoring.vertx(Transport.options());
        if (cluster == null) {
            return Future.succeededFuture(alone(Vertx.vertx(options)));
        }
        options.getEventBusOptions().setClusterNodeMetadata(new JsonObject().put(ClusterBus.NODE, name));
        return ClusterNode.start(cluster, options)
                .onSuccess(member -> SightLog.begin(member.hazelcast(), cluster))
                .map(member -> new Node(
                        member.vertx(),
                        HazelcastQuotaStore.open(member.vertx(), member.hazelcast(), cluster),
                        new HazelcastQuotaUses(member.hazelcast()),
                        HazelcastFailureStore.open(member.vertx(), member.hazelcast()),
                        () -> member.hazelcast().getCluster().getMembers().size(),
                        member::close));
    }

    private static Node alone(Vertx vertx) {
        LocalQuotaStore quotas = new LocalQuotaStore();
        return new Node(vertx, quotas, quotas, new LocalFailureStore(), () -> 1, vertx::close);
    }

    Future<Void> close() {
        return closing.get();
    }
}
