package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.Ban;
import io.socksgateway.core.bus.BanFilter;
import io.socksgateway.core.bus.BansClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Lists and lifts the bans of those who have guessed passwords, on all nodes. */
record BanRoutes(BansClient bans) {

    void addTo(Endpoints endpoints) {
        endpoints.get("/api/v1/bans", this::list);
        endpoints.delete("/api/v1/bans/:id", this::liftOne);
        endpoints.delete(
                "/api/v1/users/:name/bans", request -> lift(request, BanFilter.user(request.pathParam("name"))));
        endpoints.delete(
                "/api/v1/clients/:address/bans",
                request -> lift(request, BanFilter.client(Parameters.range(request.pathParam("address")))));
    }

    private void list(RoutingContext request) {
        Answers.json(request, bans.list().map(listing -> {
            JsonArray all = new JsonArray();
            listing.bans().forEach(ban -> all.add(json(ban)));
            return new JsonObject()
                    .put("bans", all)
                    .put("total", listing.total())
                    .put("silent", new JsonArray(listing.silent()));
        }));
    }

    private static JsonObject json(Ban ban) {
        JsonObject json = new JsonObject().put("id", ban.id()).put("client", ban.client());
        if (!ban.user().isEmpty()) {
            json.put("user", ban.user());
        }
        return json.put("leftMs", ban.millisLeft());
    }

    private void liftOne(RoutingContext request) {
        Answers.json(request, bans.lift(BanFilter.id(request.pathParam("id"))).map(lifted -> {
            if (lifted.ids().isEmpty() && lifted.silent().isEmpty()) {
                throw new ProblemException(Problem.notFound("There is no ban of that id."));
            }
            return json(lifted);
        }));
    }

    private void lift(RoutingContext request, BanFilter which) {
        Answers.json(request, bans.lift(which).map(BanRoutes::json));
    }

    private static JsonObject json(BansClient.Lifted lifted) {
        return new JsonObject()
                .put("lifted", new JsonArray(lifted.ids()))
                .put("silent", new JsonArray(lifted.silent()));
    }
}
