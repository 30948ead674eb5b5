package io.socksgateway.deploy.admin;

import io.vertx.ext.web.RoutingContext;

/** {@code /api/v1/openapi.json}: the API's own description. */
record DocumentRoute(String document) {

    DocumentRoute() {
        this(Resources.text("openapi.json"));
    }

    void addTo(Endpoints endpoints) {
        endpoints.get("/api/v1/openapi.json", this::document);
    }

    private void document(RoutingContext request) {
        Answers.text(request, "application/json", document);
    }
}
