package io.socksgateway.deploy.admin;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * {@code /metrics}, in Prometheus' text format.
 *
 * @param scrape takes a moment
 */
record MetricsRoute(Supplier<String> scrape) {

    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    void addTo(Endpoints endpoints) {
        endpoints.get("/metrics", this::metrics);
    }

    private void metrics(RoutingContext request) {
        request.vertx()
                .executeBlocking(scrape::get, false)
                .onComplete(text -> Answers.text(request, MEDIA_TYPE, text), request::fail);
    }
}
