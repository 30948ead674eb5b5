package io.socksgateway.deploy;

import io.netty.channel.EventLoop;
import io.socksgateway.core.net.LoopBound;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Deploys one instance of a verticle on each event loop. Loops are handed out in turn to everything that wants a context,
 * so an instance that lands on a loop that has one already is taken back.
 */
final class PerLoop<V extends Deployable & LoopBound> {

    private static final int ROUNDS = 8;

    private final Vertx vertx;
    private final int loops;
    private final Supplier<V> verticles;
    private final Map<EventLoop, Placed<V>> placed = new HashMap<>();

    private record Placed<V>(String deployment, V verticle) {}

    /**
     * Prepares a deployment.
     *
     * @param loops the number of event loops of this Vert.x
     */
    PerLoop(Vertx vertx, int loops, Supplier<V> verticles) {
        this.vertx = vertx;
        this.loops = loops;
        this.verticles = verticles;
    }

    /** Deploys until each loop has its instance; fails with the first that fails. */
    Future<List<V>> deploy() {
        return next(loops * ROUNDS).map(done -> verticles());
    }

    List<V> verticles() {
        return placed.values().stream().map(Placed::verticle).toList();
    }

    /** Undeploys all instances. */
    Future<Void> undeploy() {
        List<Future<Void>> undone = placed.values().stream()
                .map(instance -> vertx.undeploy(instance.deployment()))
                .toList();
        return Future.join(undone).mapEmpty();
    }

    private Future<Void> next(int attemptsLeft) {
        if (placed.size() == loops) {
            return Future.succeededFuture();
        }
        if (attemptsLeft == 0) {
            return Future.failedFuture("only " + placed.size() + " of " + loops + " event loops were handed out");
        }
        V verticle = verticles.get();
        return vertx.deployVerticle(verticle).compose(deployment -> {
            boolean first = placed.putIfAbsent(verticle.loop(), new Placed<>(deployment, verticle)) == null;
            Future<Void> settled = first ? Future.succeededFuture() : vertx.undeploy(deployment);
            return settled.compose(v -> next(attemptsLeft - 1));
        });
    }
}
