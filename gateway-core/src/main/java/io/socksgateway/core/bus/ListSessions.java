package io.socksgateway.core.bus;

import io.socksgateway.core.session.SessionFilter;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks a node for a page of its sessions.
 *
 * <p>Immutable.
 *
 * @param after the last id of the page before, or null for the first page
 * @param size the most sessions wanted
 */
public record ListSessions(SessionFilter filter, @Nullable String after, int size) {

    JsonObject encode() {
        JsonObject json = SessionFilterCodec.encode(filter).put("size", size);
        SessionFilterCodec.put(json, "after", after);
        return json;
    }

    static ListSessions decode(JsonObject json) {
        return new ListSessions(SessionFilterCodec.decode(json), json.getString("after"), json.getInteger("size"));
    }
}
