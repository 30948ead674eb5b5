package io.socksgateway.core.bus;

import io.socksgateway.core.session.SessionPage;
import io.socksgateway.core.session.SessionView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** A page of sessions between nodes, and a session as the API tells it: the names are those of the access line. */
public final class SessionPageCodec {

    private SessionPageCodec() {}

    static JsonObject encode(SessionPage page) {
        JsonArray sessions = new JsonArray();
        page.sessions().forEach(session -> sessions.add(encode(session)));
        return new JsonObject().put("total", page.total()).put("sessions", sessions);
    }

    static SessionPage decode(JsonObject json) {
        JsonArray sessions = json.getJsonArray("sessions");
        return new SessionPage(
                sessions.stream().map(session -> view((JsonObject) session)).toList(), json.getLong("total"));
    }

    /** What is not known is left out. */
    public static JsonObject encode(SessionView view) {
        JsonObject json = new JsonObject()
                .put("id", view.id())
                .put("node", view.node())
                .put("listener", view.listener())
                .put("client", view.client());
        SessionFilterCodec.put(json, "user", view.user());
        SessionFilterCodec.put(json, "source", view.source());
        json.put("command", view.command()).put("requested", view.requested());
        SessionFilterCodec.put(json, "dialled", view.dialled());
        SessionFilterCodec.put(json, "rule", view.rule());
        return json.put("quotas", new JsonArray(view.quotas()))
                .put("state", SessionFilterCodec.state(view.state()))
                .put("bytesUp", view.bytesUp())
                .put("bytesDown", view.bytesDown())
                .put("durationMs", view.durationMillis());
    }

    private static SessionView view(JsonObject json) {
        List<String> quotas =
                json.getJsonArray("quotas").stream().map(String.class::cast).toList();
        return new SessionView(
                json.getString("id"),
                json.getString("node"),
                json.getString("listener"),
                json.getString("client"),
                json.getString("user"),
                json.getString("source"),
                json.getString("command"),
                json.getString("requested"),
                json.getString("dialled"),
                json.getString("rule"),
                quotas,
                Objects.requireNonNull(SessionFilterCodec.state(json.getString("state"))),
                json.getLong("bytesUp"),
                json.getLong("bytesDown"),
                json.getLong("durationMs"));
    }
}
