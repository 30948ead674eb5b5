package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.NodesClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/v1/nodes}: how all nodes are. */
record NodeRoutes(NodesClient nodes) {

    void addTo(Endpoints endpoints) {
        endpoints.get("/api/v1/nodes", this::list);
    }

    private void list(RoutingContext request) {
        Answers.json(request, nodes.list().map(NodeRoutes::json));
    }

    private static JsonObject json(NodesClient.Listing listing) {
        JsonArray all = new JsonArray();
        listing.nodes().forEach(node -> all.add(node.json()));
        return new JsonObject().put("nodes", all).put("silent", new JsonArray(listing.silent()));
    }
}
