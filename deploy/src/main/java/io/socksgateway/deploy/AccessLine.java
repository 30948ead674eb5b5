package io.socksgateway.deploy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.session.SessionRecord;
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

    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();

    private AccessLine() {}

    /** Appends the line, with its end. */
    static void append(StringBuilder out, SessionRecord session, String node, Instant ended) {
        out.append("{\"time\":\"");
        TIME.formatTo(ended, out);
        out.append('"');
        text(out, "id", session.id());
        text(out, "node", node);
        text(out, "listener", session.listener());
        address(out, "client", session.client());
        text(out, "user", session.user());
        text(out, "command", session.command());
        text(
                out,
                "requested",
                session.requested() == null ? null : session.requested().toString());
        address(out, "dialled", session.dialled());
        text(out, "rule", session.rule());
        text(out, "quota", session.quota());
        if (session.replyCode() != SessionRecord.NO_REPLY) {
            number(out, "reply", session.replyCode());
        }
        text(out, "reason", session.reason().toString());
        number(out, "bytesUp", session.bytesUp());
        number(out, "bytesDown", session.bytesDown());
        number(out, "durationMs", session.durationMillis());
        out.append("}\n");
    }

    private static void text(StringBuilder out, String key, @Nullable String value) {
        if (value != null) {
            out.append(",\"").append(key).append("\":\"");
            ESCAPES.quoteAsString(value, out);
            out.append('"');
        }
    }

    private static void address(StringBuilder out, String key, @Nullable InetSocketAddress value) {
        if (value != null) {
            text(out, key, Endpoint.of(value).toString());
        }
    }

    private static void number(StringBuilder out, String key, long value) {
        out.append(",\"").append(key).append("\":").append(value);
    }
}
