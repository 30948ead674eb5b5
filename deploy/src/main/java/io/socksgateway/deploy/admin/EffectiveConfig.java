package io.socksgateway.deploy.admin;

import io.socksgateway.core.config.ConfigSchema;
import io.socksgateway.core.config.UrlSecrets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as operators may see it: with the defaults of what it leaves out, and without secrets. Which keys hold
 * secrets is what the schema says; where the schema leaves the content to others, as with the configuration of a plug-in, no
 * scalar is shown.
 *
 * <p>Immutable.
 */
final class EffectiveConfig {

    private static final String MASK = UrlSecrets.MASK;
    private static final String DEFS = "#/$defs/";
    private static final String SECRET = DEFS + "secret";

    private final JsonObject schema = new JsonObject(ConfigSchema.text());

    JsonObject of(JsonObject source) {
        return object(source, schema);
    }

    private JsonObject object(JsonObject given, JsonObject kind) {
        JsonObject properties = kind.getJsonObject("properties");
        if (properties == null) {
            return masked(given);
        }
        JsonObject shown = new JsonObject();
        for (String key : properties.fieldNames()) {
            JsonObject property = properties.getJsonObject(key);
            Object fallback = property.getValue("default");
            if (given.containsKey(key)) {
                shown.put(key, value(given.getValue(key), property));
            } else if (fallback != null) {
                shown.put(key, value(fallback, property));
            }
        }
        for (Map.Entry<String, Object> other : given) {
            if (!properties.containsKey(other.getKey())) {
                shown.put(other.getKey(), hidden(other.getValue()));
            }
        }
        return shown;
    }

    private @Nullable Object value(@Nullable Object value, JsonObject kind) {
        if (SECRET.equals(kind.getString("$ref"))) {
            return value instanceof JsonObject reference ? reference.copy() : MASK; // where it comes from is no secret
        }
        JsonObject resolved = resolve(kind);
        if (value instanceof JsonObject object) {
            return object(object, choice(object, resolved));
        } else if (value instanceof JsonArray array) {
            JsonArray shown = new JsonArray();
            array.forEach(item -> shown.add(value(item, itemOf(resolved))));
            return shown;
        }
        return value instanceof String text ? UrlSecrets.hide(text) : value;
    }

    /** Of several kinds of object, that whose constants and required keys fit. */
    private JsonObject choice(JsonObject object, JsonObject kind) {
        for (Object choice : kind.getJsonArray("anyOf", new JsonArray())) {
            JsonObject candidate = resolve((JsonObject) choice);
            if (fits(object, candidate)) {
                return candidate;
            }
        }
        return kind;
    }

    private static boolean fits(JsonObject object, JsonObject kind) {
        JsonObject properties = kind.getJsonObject("properties");
        if (properties == null) {
            return false;
        }
        for (String key : properties.fieldNames()) {
            Object constant = properties.getJsonObject(key).getValue("const");
            if (constant != null && !constant.equals(object.getValue(key))) {
                return false;
            }
        }
        for (Object key : kind.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) key)) {
                return false;
            }
        }
        return true;
    }

    private JsonObject itemOf(JsonObject kind) {
        JsonObject items = kind.getJsonObject("items");
        if (items != null) {
            return items;
        }
        for (Object choice : kind.getJsonArray("anyOf", new JsonArray())) {
            JsonObject list = resolve((JsonObject) choice).getJsonObject("items");
            if (list != null) {
                return list;
            }
        }
        return new JsonObject();
    }

    private JsonObject resolve(JsonObject kind) {
        String reference = kind.getString("$ref");
        return reference == null || !reference.startsWith(DEFS)
                ? kind
                : schema.getJsonObject("$defs").getJsonObject(reference.substring(DEFS.length()));
    }

    private static JsonObject masked(JsonObject free) {
        JsonObject shown = new JsonObject();
        free.forEach(entry -> shown.put(entry.getKey(), hidden(entry.getValue())));
        return shown;
    }

    private static Object hidden(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return masked(object);
        } else if (value instanceof JsonArray array) {
            JsonArray shown = new JsonArray();
            array.forEach(item -> shown.add(hidden(item)));
            return shown;
        }
        return MASK;
    }
}
