package io.socksgateway.core.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How values of a document appear in messages: quoted, short, and without characters that a terminal would act on. */
final class Shown {

    private static final int LIMIT = 80;

    private Shown() {}

    /** The value if it is a scalar, otherwise what it is. */
    static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        return value instanceof Number || value instanceof Boolean ? cut(value.toString()) : typeOf(value);
    }

    /** What a value is, without showing it. */
    static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String) {
            return "a string";
        } else if (value instanceof Number) {
            return "a number";
        } else if (value instanceof Boolean) {
            return "a boolean";
        } else if (value instanceof JsonObject) {
            return "an object";
        } else {
            return value instanceof JsonArray ? "a list" : "no JSON value";
        }
    }

    /** The text in double quotes, escaped, of at most 80 characters. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        cut(text).chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (isInvisible(c)) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }

    private static String cut(String text) {
        return text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…";
    }

    /** Control characters, and those that turn the direction of the text around them. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
