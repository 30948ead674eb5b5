package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.SessionPageCodec;
import io.socksgateway.core.bus.SessionsClient;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.SessionFilter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists and ends the open sessions of all nodes. */
record SessionRoutes(SessionsClient sessions) {

    private static final int PAGE = 100;

    void addTo(Endpoints endpoints) {
        endpoints.get(
                "/api/v1/sessions",
                this::list,
                "user",
                "source",
                "client",
                "listener",
                "node",
                "state",
                "limit",
                "after");
        endpoints.get("/api/v1/sessions/:id", this::find);
        endpoints.delete("/api/v1/sessions/:id", this::killOne);
        endpoints.delete("/api/v1/users/:name/sessions", this::killUser);
        endpoints.delete("/api/v1/clients/:address/sessions", this::killClient);
    }

    private void list(RoutingContext request) {
        Parameters parameters = Parameters.of(request);
        String client = parameters.optional("client");
        SessionFilter filter = new SessionFilter(
                null,
                parameters.optional("user"),
                parameters.optional("source"),
                client == null ? null : Parameters.range(client),
                parameters.optional("listener"),
                parameters.optional("node"),
                state(parameters.optional("state")));
        int limit = parameters.number("limit", PAGE, 1, SessionsClient.MAX_PAGE);
        Answers.json(
                request,
                sessions.list(filter, parameters.optional("after"), limit).map(SessionRoutes::json));
    }

    private static JsonObject json(SessionsClient.Listing listing) {
        JsonArray all = new JsonArray();
        listing.sessions().forEach(session -> all.add(SessionPageCodec.encode(session)));
        JsonObject json = new JsonObject().put("sessions", all).put("total", listing.total());
        if (listing.next() != null) {
            json.put("next", listing.next());
        }
        return json.put("silent", new JsonArray(listing.silent()));
    }

    private void find(RoutingContext request) {
        String id = request.pathParam("id");
        Answers.json(request, sessions.list(SessionFilter.id(id), null, 1).map(listing -> {
            if (listing.sessions().isEmpty()) {
                throw noSession(listing.silent());
            }
            return SessionPageCodec.encode(listing.sessions().get(0));
        }));
    }

    private void killOne(RoutingContext request) {
        Answers.json(
                request,
                sessions.kill(SessionFilter.id(request.pathParam("id"))).map(ended -> {
                    if (ended.sessions() == 0) {
                        throw noSession(ended.silent());
                    }
                    return json(ended);
                }));
    }

    private void killUser(RoutingContext request) {
        kill(request, SessionFilter.user(request.pathParam("name")));
    }

    private void killClient(RoutingContext request) {
        kill(request, SessionFilter.client(Parameters.range(request.pathParam("address"))));
    }

    private void kill(RoutingContext request, SessionFilter filter) {
        Answers.json(request, sessions.kill(filter).map(SessionRoutes::json));
    }

    private static JsonObject json(SessionsClient.Ended ended) {
        return new JsonObject().put("ended", ended.sessions()).put("silent", new JsonArray(ended.silent()));
    }

    /** It may be on a node that does not answer. */
    private static ProblemException noSession(List<String> silent) {
        return new ProblemException(
                silent.isEmpty()
                        ? Problem.notFound("No session of that id is open.")
                        : Problem.unavailable("No session of that id is open on the nodes that answer; silent are "
                                + String.join(", ", silent) + "."));
    }

    private static LiveSession.@Nullable State state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (LiveSession.State state : LiveSession.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw new ProblemException(Problem.badRequest("Parameter state is neither opening nor open."));
    }
}
