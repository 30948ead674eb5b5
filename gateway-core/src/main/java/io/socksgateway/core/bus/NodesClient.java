package io.socksgateway.core.bus;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks all nodes how they are.
 *
 * <p>Thread-safe.
 */
public final class NodesClient {

    private final ClusterBus bus;
    private final long timeout;

    /**
     * @param timeout milliseconds until a node is silent
     */
    public NodesClient(ClusterBus bus, long timeout) {
        this.bus = bus;
        this.timeout = timeout;
    }

    /**
     * How the nodes are.
     *
     * @param nodes those that have answered, by name
     * @param silent names of those that are in the cluster and have not
     */
    public record Listing(List<NodeStatus> nodes, List<String> silent) {
        public Listing {
            nodes = List.copyOf(nodes);
            silent = List.copyOf(silent);
        }
    }

    /** Never fails. */
    public Future<Listing> list() {
        return bus.askAll(BusAddresses.NODE_STATUS, new JsonObject(), timeout, NodeStatus::from)
                .map(gathered -> new Listing(
                        gathered.answers().stream()
                                .sorted(Comparator.comparing(NodeStatus::name))
                                .toList(),
                        gathered.silent()));
    }

    /** Answers for this node, once the future succeeds. */
    public static Future<?> answer(ClusterBus bus, Supplier<NodeStatus> status) {
        return bus.answer(
                        BusAddresses.NODE_STATUS,
                        question -> Future.succeededFuture(status.get().json()))
                .completion();
    }
}
