package io.socksgateway.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * A running node of a cluster: its Vert.x, and the Hazelcast member that this sits on.
 *
 * <p>Thread-safe.
 *
 * @param vertx joined the cluster; closing it leaves the cluster
 */
public record ClusterNode(Vertx vertx, HazelcastInstance hazelcast) {

    /**
     * Starts a node and joins the others, or founds the cluster if none of them is there.
     *
     * @param options everything but the addresses of the event bus
     * @return fails if the address cannot be bound or the cluster refuses the node
     */
    public static Future<ClusterNode> start(ClusterConfig config, VertxOptions options) {
        HazelcastClusterManager manager = new HazelcastClusterManager(HazelcastSettings.of(config));
        EventBusOptions bus = new EventBusOptions(options.getEventBusOptions()).setPort(0);
        if (!HazelcastSettings.anyAddress(config)) {
            bus.setHost(config.host());
        }
        return Vertx.builder()
                .with(new VertxOptions(options).setEventBusOptions(bus))
                .withClusterManager(manager)
                .buildClustered()
                .map(vertx -> new ClusterNode(vertx, manager.getHazelcastInstance()));
    }

    /** Undeploys everything, then leaves the cluster. */
    public Future<Void> close() {
        return vertx.close();
    }
}
