package io.socksgateway.deploy.reference;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands in the cells of a table of Markdown. */
final class Cells {

    /** What would be taken as HTML, emphasis or the end of a cell. */
    private static final Pattern MARKUP = Pattern.compile("[|<>*_\\\\\\[\\]]");

    private Cells() {}

    /** Prose. */
    static String text(String text) {
        return MARKUP.matcher(text).replaceAll("\\\\$0");
    }

    /** Something to be typed as it stands. A bar ends a cell even in code, unless it is escaped. */
    static String code(String code) {
        return "`" + code.replace("|", "\\|") + "`";
    }

    /** JSON on one line, with spaces where people put them. */
    static String json(Object value) {
        if (value instanceof JsonArray list) {
            return list.stream().map(Cells::json).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof JsonObject object) {
            return object.isEmpty()
                    ? "{}"
                    : object.stream()
                            .map(entry -> Json.encode(entry.getKey()) + ": " + json(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        return Json.encode(value);
    }

    /** The default of a key; a dash if there is none, or none that is fixed. */
    static String fallback(JsonObject property) {
        Object value = property.getValue("default");
        return value == null ? "–" : code(json(value));
    }

    static String examples(JsonObject property) {
        return property.getJsonArray("examples", new JsonArray()).stream()
                .map(example -> code(json(example)))
                .collect(Collectors.joining(" · "));
    }
}
