package io.socksgateway.deploy;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.session.SessionRecord;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** The access line of a session: one JSON object, what is not known left out. */
final class AccessLine {

    /** RFC 3339 in UTC, always with milliseconds. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private AccessLine() {}

    /** The line without its end. */
    static String of(SessionRecord session, String node, Instant ended) {
        JsonObject line = new JsonObject()
                .put("time", TIME.format(ended))
                .put("id", session.id())
                .put("node", node)
                .put("listener", session.listener())
                .put("client", text(session.client()));
        put(line, "user", session.user());
        put(line, "command", session.command());
        put(line, "requested", session.requested());
        put(line, "dialled", session.dialled() == null ? null : text(session.dialled()));
        put(line, "rule", session.rule());
        put(line, "quota", session.quota());
        put(line, "reply", session.replyCode() == SessionRecord.NO_REPLY ? null : session.replyCode());
        return line.put("reason", session.reason().toString())
                .put("bytesUp", session.bytesUp())
                .put("bytesDown", session.bytesDown())
                .put("durationMs", session.durationMillis())
                .encode();
    }

    private static void put(JsonObject line, String key, @Nullable Object value) {
        if (value != null) {
            line.put(key, value instanceof Endpoint ? value.toString() : value);
        }
    }

    private static String text(InetSocketAddress address) {
        return Endpoint.of(address).toString();
    }
}
