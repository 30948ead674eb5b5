package io.socksgateway.core.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The parser of configuration files: JSON as in RFC 8259, each key of an object once, nothing behind the document, no
 * comments.
 *
 * <p>Vert.x's own parser keeps the last of two equal keys, which hides mistakes.
 */
final class StrictJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictJson() {}

    /**
     * Parses a document in UTF-8.
     *
     * @throws JsonSyntaxException if it is no JSON object
     */
    static JsonObject parse(byte[] document) throws JsonSyntaxException {
        if (new String(document, StandardCharsets.UTF_8).isBlank()) {
            throw new JsonSyntaxException("is empty", "expected: a JSON object");
        }
        try (JsonParser parser = FACTORY.createParser(document)) {
            return parse(parser);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new JsonSyntaxException("is not text in UTF-8", "expected: a JSON object");
        }
    }

    private static JsonObject parse(JsonParser parser) throws JsonSyntaxException {
        Object value;
        try {
            value = JacksonCodec.fromParser(parser, Object.class);
        } catch (DecodeException e) {
            throw e.getCause() instanceof JsonProcessingException cause
                    ? malformed(cause)
                    : new JsonSyntaxException(
                            place(parser.currentLocation()) + "something follows the end of the document",
                            "expected: one JSON object");
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new JsonSyntaxException(Shown.typeOf(value), "expected: a JSON object");
    }

    private static JsonSyntaxException malformed(JsonProcessingException e) {
        return new JsonSyntaxException(place(e.getLocation()) + reason(e), hint(e));
    }

    /** The parser's words, without those that may quote a secret, name its settings, or say where it read from. */
    private static String reason(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (isUnknownWord(message)) {
            return "an unknown word";
        } else if (message.startsWith("Unexpected character ('/'") || message.startsWith("Unexpected character ('#'")) {
            return "JSON has no comments";
        }
        return message.replaceFirst("^Duplicate field", "duplicate key")
                .replaceAll("\\[Source:[^\\]]*line: (\\d+)[^\\]]*]", "line $1")
                .replaceAll("[:;]? (maybe|enable) .*", "")
                .replaceAll("\\p{Cntrl}+", " ");
    }

    private static String hint(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (isUnknownWord(message)) {
            return "expected: a string in double quotes, a number, true, false, null, an object or a list";
        }
        return message.startsWith("Duplicate field") ? "each key of an object can be given once" : "";
    }

    private static boolean isUnknownWord(String message) {
        return message.startsWith("Unrecognized token") || message.startsWith("Non-standard token");
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
