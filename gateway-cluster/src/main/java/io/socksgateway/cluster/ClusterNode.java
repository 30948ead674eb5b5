package io.socksgateway.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A running node of a cluster: a Hazelcast member, and the Vert.x that sits on it.
 *
 * <p>Thread-safe.
 *
 * @param vertx closing it does not leave the cluster, {@link #close} does
 */
public record ClusterNode(Vertx vertx, HazelcastInstance hazelcast) {

    /** The attribute of the member under which Vert.x looks for its own id. */
    private static final String VERTX_ID = "__vertx.nodeId";

    /**
     * Starts a node and joins the others, or founds the cluster if none of them is there. Blocks while it reads a file of
     * Hazelcast's, if there is one.
     *
     * @param options everything but the addresses of the event bus
     * @return fails if the address cannot be bound or the cluster refuses the node; nothing is left running then
     */
    public static Future<ClusterNode> start(ClusterConfig config, VertxOptions options) {
        return start(config, options, null);
    }

    /**
     * Likewise, and keeps what was used.
     *
     * @param usage to be told to begin when the node has started, and closed after it; null to keep nothing
     */
    public static Future<ClusterNode> start(ClusterConfig config, VertxOptions options, @Nullable ClusterUsage usage) {
        NameCache.shorten();
        Config settings = HazelcastSettings.of(config);
        if (usage != null) {
            usage.configure(settings);
        }
        settings.getMemberAttributeConfig()
                .setAttribute(VERTX_ID, UUID.randomUUID().toString());
        // before there is a Vert.x, whose own start would leave threads behind if this failed
        return aside("cluster-start", () -> start(settings, usage))
                .compose(hazelcast -> vertxOn(hazelcast, config.busPort(), options)
                        .map(vertx -> new ClusterNode(vertx, hazelcast))
                        .recover(failure -> leave(hazelcast).transform(left -> Future.failedFuture(failure))));
    }

    private static HazelcastInstance start(Config settings, @Nullable ClusterUsage usage) {
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(settings);
        if (usage != null) {
            usage.started(hazelcast);
        }
        return hazelcast;
    }

    private static Future<Vertx> vertxOn(HazelcastInstance hazelcast, int busPort, VertxOptions options) {
        EventBusOptions bus = new EventBusOptions(options.getEventBusOptions())
                .setHost(hazelcast.getCluster().getLocalMember().getAddress().getHost())
                .setPort(busPort);
        VertxOptions all = new VertxOptions(options)
                .setEventBusOptions(bus)
                .setMetricsOptions(options.getMetricsOptions()); // a copy would only know whether they are on
        return Vertx.builder()
                .with(all)
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered();
    }

    /** Undeploys everything, then leaves the cluster; takes ten seconds at most for the latter. */
    public Future<Void> close() {
        return vertx.close().eventually(() -> leave(hazelcast));
    }

    private static Future<Void> leave(HazelcastInstance hazelcast) {
        return aside("cluster-stop", () -> {
                    hazelcast.shutdown();
                    return true;
                })
                .mapEmpty();
    }

    /** Runs what blocks while there is no Vert.x. */
    private static <T> Future<T> aside(String name, Callable<T> task) {
        Promise<T> promise = Promise.promise();
        Runnable run = () -> {
            try {
                promise.complete(task.call());
            } catch (Exception e) {
                promise.fail(e);
            }
        };
        new Thread(run, name).start();
        return promise.future();
    }
}
