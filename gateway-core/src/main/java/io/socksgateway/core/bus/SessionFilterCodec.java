package io.socksgateway.core.bus;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.SessionFilter;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A filter between nodes: {@code {"user": "alice", "client": "192.0.2.0/24", "state": "open"}}, without what does not matter. */
final class SessionFilterCodec {

    private SessionFilterCodec() {}

    static JsonObject encode(SessionFilter filter) {
        JsonObject json = new JsonObject();
        put(json, "id", filter.id());
        put(json, "user", filter.user());
        put(json, "source", filter.source());
        put(json, "client", filter.client());
        put(json, "listener", filter.listener());
        put(json, "node", filter.node());
        put(json, "state", state(filter.state()));
        return json;
    }

    /**
     * Takes one apart.
     *
     * @throws RuntimeException if it is malformed: to ignore a part of it would mean more sessions than were meant
     */
    static SessionFilter decode(JsonObject json) {
        String client = json.getString("client");
        return new SessionFilter(
                json.getString("id"),
                json.getString("user"),
                json.getString("source"),
                client == null ? null : Cidr.parse(client).orElseThrow(),
                json.getString("listener"),
                json.getString("node"),
                state(json.getString("state")));
    }

    static @Nullable String state(LiveSession.@Nullable State state) {
        return state == null ? null : state.name().toLowerCase(Locale.ROOT);
    }

    static LiveSession.@Nullable State state(@Nullable String name) {
        return name == null ? null : LiveSession.State.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Puts the text of a value, if there is one. */
    static void put(JsonObject json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }
}
