package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in's answer, read strictly: whatever is not in the contract is a {@link PluginNonsense}, so that a claim which is
 * misspelt lets nobody in with less limits than were meant. JSON's null is as good as absence.
 *
 * <p>Confined to one thread.
 */
final class PluginReply {

    private final JsonObject json;

    PluginReply(JsonObject json) {
        this.json = json;
    }

    /** Which kind of answer it is. */
    String result() {
        Object version = json.getValue(PluginContract.VERSION_KEY);
        if (version != null && !version.equals(PluginContract.VERSION)) {
            throw new PluginNonsense(
                    "speaks another version of the contract (expected: " + PluginContract.VERSION + ")");
        }
        String result = text(PluginContract.RESULT, 20);
        if (result == null) {
            throw new PluginNonsense("answers without a result");
        }
        return result;
    }

    /** Fails if there are keys other than these, or the two that every answer may have. */
    void allow(Set<String> keys) {
        for (String key : json.fieldNames()) {
            boolean known =
                    keys.contains(key) || key.equals(PluginContract.RESULT) || key.equals(PluginContract.VERSION_KEY);
            if (!known) {
                throw new PluginNonsense(
                        "answers with a key that does not belong there (expected: " + expected(keys) + ")");
            }
        }
    }

    private static String expected(Set<String> keys) {
        return keys.isEmpty()
                ? "none"
                : String.join(", ", keys.stream().sorted().toList());
    }

    /** A string of at most so many characters, or null. */
    @Nullable
    String text(String key, int max) {
        Object value = json.getValue(key);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() <= max) {
            return text;
        }
        throw new PluginNonsense(key + ": expected a string of at most " + max + " characters");
    }

    /** The name of a user, a group or a quota, or null. */
    @Nullable
    String name(String key) {
        Object value = json.getValue(key);
        return value == null ? null : name(key, value);
    }

    private static String name(String key, @Nullable Object value) {
        if (value instanceof String text && UserTable.isName(text)) {
            return text;
        }
        throw new PluginNonsense(key + ": expected a name of 1 to 255 octets without control characters");
    }

    /** A list of different names; empty if there is none. */
    Set<String> names(String key, int max) {
        Object value = json.getValue(key);
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof JsonArray list) || list.size() > max) {
            throw new PluginNonsense(key + ": expected a list of at most " + max + " names");
        }
        Set<String> names = new HashSet<>();
        for (Object item : list) {
            boolean unused = names.add(name(key, item));
        }
        return names;
    }

    /** A time, or null. */
    @Nullable
    Instant time(String key) {
        String text = text(key, 64);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new PluginNonsense(key + ": expected a time such as 2030-01-01T00:00:00Z");
        }
    }

    /** A whole number from 0 to so many; 0 if there is none. */
    int number(String key, int max) {
        Object value = json.getValue(key);
        if (value == null) {
            return 0;
        }
        if (value instanceof Integer number && number >= 0 && number <= max) {
            return number;
        }
        throw new PluginNonsense(key + ": expected a whole number from 0 to " + max);
    }

    /** At most so many octets, from base64url or base64; none without it. */
    ByteBuffer octets(String key, int max) {
        String text = text(key, 4 * (max / 3 + 1));
        if (text == null) {
            return ByteBuffer.allocate(0);
        }
        try {
            byte[] octets = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
            if (octets.length <= max) {
                return ByteBuffer.wrap(octets);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new PluginNonsense(key + ": expected at most " + max + " octets in base64url");
    }
}
