package io.socksgateway.deploy;

import io.socksgateway.core.net.LoopBound;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Deploys one instance of a verticle on each event loop. Loops are handed out in turn to everything that wants a context.
 * So all instances are deployed in one go, which gives each its own loop unless somebody came in between; then it is done
 * again.
 *
 * <p>One after the other would not do: what a deployment itself takes in between, as registrations on a clustered bus do, can
 * make it miss the same loop for ever.
 */
final class PerLoop<V extends Deployable & LoopBound> {

    private static final int ROUNDS = 20;

    private final Vertx vertx;
    private final int loops;
    private final Supplier<V> supplier;
    private volatile List<V> verticles = List.of();
    private volatile String deployment = "";

    /**
     * Prepares a deployment.
     *
     * @param loops the number of event loops of this Vert.x
     */
    PerLoop(Vertx vertx, int loops, Supplier<V> supplier) {
        this.vertx = vertx;
        this.loops = loops;
        this.supplier = supplier;
    }

    /** Deploys until each loop has its instance; fails with the first that fails. */
    Future<List<V>> deploy() {
        return deploy(ROUNDS);
    }

    private Future<List<V>> deploy(int roundsLeft) {
        List<V> made = new ArrayList<>(loops);
        for (int i = 0; i < loops; i++) {
            made.add(supplier.get());
        }
        return vertx.deployVerticle(made.iterator()::next, new DeploymentOptions().setInstances(loops))
                .compose(id -> {
                    long taken = made.stream().map(LoopBound::loop).distinct().count();
                    if (taken == loops) {
                        deployment = id;
                        verticles = List.copyOf(made);
                        return Future.succeededFuture(verticles);
                    }
                    return roundsLeft > 1
                            ? vertx.undeploy(id).compose(undone -> deploy(roundsLeft - 1))
                            : Future.failedFuture("only %d of %d event loops were handed out".formatted(taken, loops));
                });
    }

    /** The instances that are deployed. */
    List<V> verticles() {
        return verticles;
    }

    /** Undeploys all instances. */
    Future<Void> undeploy() {
        return deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
    }
}
