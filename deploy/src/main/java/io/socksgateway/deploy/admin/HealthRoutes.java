package io.socksgateway.deploy.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/**
 * Health, for supervisors and balancers, which have no token. Alive: every event loop has given a sign of life lately. Ready:
 * all listeners accept and nobody has told the node to stop.
 *
 * <p>A node that is full, or out of sight of others, is ready all the same: to take it out of the balancer would not make
 * it any better, and nodes that wait for each other would never be ready.
 *
 * @param stuckLoops how many event loops do not answer
 */
record HealthRoutes(Readiness readiness, LongSupplier stuckLoops) {

    void addTo(Endpoints endpoints) {
        endpoints.get("/health/live", this::live);
        endpoints.get("/health/ready", this::ready);
    }

    private void live(RoutingContext request) {
        long stuck = stuckLoops.getAsLong();
        if (stuck == 0) {
            Answers.json(request, new JsonObject().put("status", "live"));
        } else {
            request.fail(new ProblemException(Problem.unavailable(stuck + " event loops do not answer.")));
        }
    }

    private void ready(RoutingContext request) {
        if (readiness.isReady()) {
            Answers.json(request, new JsonObject().put("status", "ready"));
        } else {
            request.fail(new ProblemException(Problem.unavailable("The node is " + readiness.state() + ".")));
        }
    }
}
