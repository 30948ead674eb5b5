package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.NodeStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Drain and reload of this node. */
record OperationRoutes(Operations operations, Supplier<NodeStatus> self) {

    private static final Problem NOTHING_TO_RELOAD =
            new Problem(501, "Not Implemented", "This node has no configuration that it could read again.", List.of());

    private static final Problem STILL_UNDER_WAY = new Problem(
            504,
            "Gateway Timeout",
            "The configuration is still being applied. The log and /metrics (reloads_total, reload_last_successful) will say"
                    + " whether it comes into force.",
            List.of());

    private static final Problem STILL_QUEUED = Problem.unavailable(
            "An earlier reload is still under way. This one has not begun, and follows it; the log and /metrics (reloads_total,"
                    + " reload_last_successful) will say what comes of them.");

    void addTo(Endpoints endpoints) {
        endpoints.post("/api/v1/drain", this::drain);
        endpoints.post("/api/v1/reload", this::reload);
    }

    private void drain(RoutingContext request) {
        operations.drain();
        NodeStatus node = self.get();
        Answers.json(
                request,
                202,
                new JsonObject()
                        .put("node", node.name())
                        .put("state", Readiness.State.DRAINING.toString())
                        .put("sessions", node.sessions()));
    }

    private void reload(RoutingContext request) {
        Answers.json(
                request,
                operations.reload().map(this::answer).recover(failure -> Future.failedFuture(problem(failure))));
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof UnsupportedOperationException) {
            return new ProblemException(NOTHING_TO_RELOAD);
        }
        if (failure instanceof Operations.StillQueuedException) {
            return new ProblemException(STILL_QUEUED);
        }
        return failure instanceof TimeoutException ? new ProblemException(STILL_UNDER_WAY) : failure;
    }

    private JsonObject answer(Operations.Reload reload) {
        if (!reload.applied()) {
            throw new ProblemException(new Problem(
                    422,
                    "Unprocessable Content",
                    "The configuration was not applied; that of before stays in force.",
                    reload.lines()));
        }
        return new JsonObject()
                .put("node", self.get().name())
                .put("applied", true)
                .put("changes", new JsonArray(reload.lines()));
    }
}
