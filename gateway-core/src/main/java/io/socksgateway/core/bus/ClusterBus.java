package io.socksgateway.core.bus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions that every node answers for itself, over the event bus of the cluster; without a cluster, the only node does.
 * They are JSON, whose unknown keys are ignored, so that nodes of two versions understand each other. Nothing secret may be in
 * them.
 *
 * <p>Each node listens at an address of its own, {@code gateway.<area>.v<version>.<verb>.<id>}, so that it is known who has not answered.
 *
 * <p>Thread-safe.
 */
public final class ClusterBus {

    /** Key of a node's name in what Vert.x tells of nodes. */
    public static final String NODE = "node";

    private static final String FROM = "from";

    private static final String ONLY = "local";

    private final EventBus bus;
    private final @Nullable ClusterManager cluster;
    private final String self;
    private final String name;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    private ClusterBus(EventBus bus, @Nullable ClusterManager cluster, String name) {
        this.bus = bus;
        this.cluster = cluster;
        this.self = cluster == null ? ONLY : cluster.getNodeId();
        this.name = name;
        names.put(self, name);
    }

    /**
     * The bus as this node sees it.
     *
     * @param name {@code node.name}; the others find it under {@link #NODE} in the metadata of this node, if it is there
     */
    public static ClusterBus of(Vertx vertx, String name) {
        return new ClusterBus(vertx.eventBus(), ((VertxInternal) vertx).clusterManager(), name);
    }

    /**
     * What came back.
     *
     * @param answers one of each node that has answered
     * @param silent names of the nodes that are in the cluster and have not, as they hang, start or stop, or have failed
     */
    public record Gathered<R>(List<R> answers, List<String> silent) {
        public Gathered {
            answers = List.copyOf(answers);
            silent = List.copyOf(silent);
        }
    }

    /** The name of this node. */
    public String name() {
        return name;
    }

    /**
     * Asks all nodes, this one too. Never fails: who has not answered in so many milliseconds is silent.
     *
     * @param decoder takes an answer apart; one that it throws for counts as none
     */
    <R> Future<Gathered<R>> askAll(String address, JsonObject question, long timeout, Function<JsonObject, R> decoder) {
        List<String> nodes = cluster == null ? List.of(self) : cluster.getNodes();
        learnNames(nodes, timeout);
        List<R> answers = new ArrayList<>();
        List<Future<String>> asked = nodes.stream()
                .map(node -> bus.<JsonObject>request(address + "." + node, question, options(node, timeout))
                        .map(answer -> decoder.apply(answer.body()))
                        .compose(
                                answer -> {
                                    synchronized (answers) {
                                        answers.add(answer);
                                    }
                                    return Future.succeededFuture("");
                                },
                                silent -> nameOf(node, timeout)))
                .toList();
        return Future.join(asked).map(done -> {
            List<String> silent = asked.stream()
                    .map(Future::result)
                    .filter(nodeName -> !nodeName.isEmpty())
                    .sorted()
                    .toList();
            synchronized (answers) {
                return new Gathered<>(answers, silent);
            }
        });
    }

    /**
     * Asks for the names that are not known yet, and forgets those of nodes that are gone. Once a node is silent it may be too
     * late: what it is called may be kept by itself.
     */
    private void learnNames(List<String> nodes, long timeout) {
        names.keySet().removeIf(node -> !node.equals(self) && !nodes.contains(node));
        for (String node : nodes) {
            if (!names.containsKey(node)) {
                Future<String> unused = nameOf(node, timeout);
            }
        }
    }

    private DeliveryOptions options(String node, long timeout) {
        return new DeliveryOptions().setLocalOnly(node.equals(self)).setSendTimeout(timeout);
    }

    /** The name of a node, or if it is not to be found in time, its id. */
    private Future<String> nameOf(String node, long timeout) {
        String known = names.get(node);
        if (known != null || cluster == null) {
            return Future.succeededFuture(known == null ? node : known);
        }
        Promise<NodeInfo> found = Promise.promise();
        cluster.getNodeInfo(node, found);
        return found.future()
                .timeout(timeout, TimeUnit.MILLISECONDS)
                .map(info -> info.metadata() == null ? node : info.metadata().getString(NODE, node))
                .onSuccess(nodeName -> names.put(node, nodeName))
                .otherwise(node);
    }

    /** Tells all other nodes, and does not wait for it. */
    void tellOthers(String address, JsonObject message) {
        if (cluster != null) {
            bus.publish(address, message.put(FROM, self));
        }
    }

    /** Hears what other nodes tell. */
    @CanIgnoreReturnValue // a verticle's consumers end with it
    MessageConsumer<JsonObject> hear(String address, Consumer<JsonObject> handler) {
        return bus.consumer(address, message -> {
            if (!self.equals(message.body().getString(FROM))) {
                handler.accept(message.body());
            }
        });
    }

    /** Answers for this node. A failed future, or an exception, is no answer. */
    @CanIgnoreReturnValue // a verticle's consumers end with it
    public MessageConsumer<JsonObject> answer(String address, Function<JsonObject, Future<JsonObject>> answer) {
        return bus.<JsonObject>consumer(address + "." + self, message -> BusAnswer.give(message, answer));
    }
}
