package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.QuotaUseClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells how much of their quotas subjects use, and forgets it.
 *
 * @param names of the quotas of this node
 */
record QuotaRoutes(QuotaUseClient quotas, Supplier<List<String>> names) {

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
        String quota = request.pathParam("quota");
        Answers.json(request, quotas.forgive(quota, subject.get(0)).map(done -> {
            if (!done.known()) {
                throw unknown(done.silent());
            }
            return new JsonObject().put("forgiven", done.counters()).put("silent", new JsonArray(done.silent()));
        }));
    }

    /** A node that does not answer may have it. */
    private ProblemException unknown(List<String> silent) {
        List<String> here = names.get();
        String known = here.isEmpty() ? "There are none here." : "Those of this node: " + String.join(", ", here) + ".";
        return new ProblemException(
                silent.isEmpty()
                        ? Problem.notFound("There is no quota of that name. " + known)
                        : Problem.unavailable("No node that answers has a quota of that name; silent are "
                                + String.join(", ", silent) + ". " + known));
    }
}
