package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.QuotaUseClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Tells how much of their quotas subjects use, and forgets it. */
record QuotaRoutes(QuotaUseClient quotas) {

    private static final int PAGE = 100;

    void addTo(Endpoints endpoints) {
        endpoints.get("/api/v1/quotas", this::list, "quota", "subject", "limit", "after");
        endpoints.delete("/api/v1/quotas/:quota/traffic", this::forgive, "subject");
    }

    private void list(RoutingContext request) {
        Parameters parameters = Parameters.of(request);
        int limit = parameters.number("limit", PAGE, 1, QuotaUseClient.MAX_PAGE);
        List<String> subject = parameters.all("subject");
        Answers.json(
                request,
                quotas.list(
                                parameters.optional("quota"),
                                subject.isEmpty() ? null : subject.get(0),
                                parameters.optional("after"),
                                limit)
                        .map(QuotaRoutes::json));
    }

    private static JsonObject json(QuotaUseClient.Listing listing) {
        JsonArray all = new JsonArray();
        listing.uses().forEach(use -> all.add(use.json()));
        JsonObject json = new JsonObject().put("use", all);
        if (listing.next() != null) {
            json.put("next", listing.next());
        }
        return json.put("silent", new JsonArray(listing.silent()));
    }

    /** An empty subject is one too: those who have not logged in. */
    private void forgive(RoutingContext request) {
        List<String> subject = Parameters.of(request).all("subject");
        if (subject.size() != 1) {
            throw new ProblemException(Problem.badRequest("Parameter subject is to be given once."));
        }
        Answers.json(
                request,
                quotas.forgive(request.pathParam("quota"), subject.get(0)).map(done -> new JsonObject()
                        .put("forgiven", done.counters())
                        .put("silent", new JsonArray(done.silent()))));
    }
}
