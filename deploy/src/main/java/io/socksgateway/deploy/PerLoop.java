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
 * Deploys one instance of a verticle on each event loop. Vert.x hands loops out in turn to everything that wants a
 * context, so as many instances as there are loops, deployed at once, get one each, unless something else comes in
 * between: then they are taken back, and deployed anew.
 */
final class PerLoop<V extends Deployable & LoopBound> {

    private static final int ATTEMPTS = 10;

    private final Vertx vertx;
    private final int loops;
    private final Supplier<V> verticles;
    private List<V> placed = List.of();
    private String deployment = "";

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
        return attempt(ATTEMPTS);
    }

    private Future<List<V>> attempt(int left) {
        if (left == 0) {
            return Future.failedFuture("the verticles could not be spread over " + loops + " event loops");
        }
        List<V> instances = new ArrayList<>();
        Supplier<V> noted = () -> {
            V verticle = verticles.get();
            instances.add(verticle);
            return verticle;
        };
        return vertx.deployVerticle(noted, new DeploymentOptions().setInstances(loops))
                .compose(id -> {
                    if (instances.stream().map(LoopBound::loop).distinct().count() < loops) {
                        return vertx.undeploy(id).compose(undone -> attempt(left - 1));
                    }
                    placed = List.copyOf(instances);
                    deployment = id;
                    return Future.succeededFuture(placed);
                });
    }

    /** The instances, once they are deployed. */
    List<V> verticles() {
        return placed;
    }

    /** Undeploys all instances. */
    Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }
}
