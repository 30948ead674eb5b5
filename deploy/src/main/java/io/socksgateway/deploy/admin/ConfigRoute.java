package io.socksgateway.deploy.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * {@code GET /api/v1/config}: what is in force, with defaults and without secrets.
 *
 * @param configuration the document as it was read
 */
record ConfigRoute(Supplier<JsonObject> configuration, EffectiveConfig effective) {

    ConfigRoute(Supplier<JsonObject> configuration) {
        this(configuration, new EffectiveConfig());
    }

    void addTo(Endpoints endpoints) {
        endpoints.get("/api/v1/config", this::config);
    }

    private void config(RoutingContext request) {
        Answers.json(request, effective.of(configuration.get()));
    }
}
