package io.socksgateway.core.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one document of several: objects are merged key by key, lists concatenated, and of anything else, or of two
 * different things, the later wins.
 */
final class JsonMerge {

    private JsonMerge() {}

    /** A new document; the given ones stay as they are. */
    static JsonObject of(List<JsonObject> documents) {
        JsonObject merged = new JsonObject();
        for (JsonObject document : documents) {
            addTo(merged, document);
        }
        return merged;
    }

    private static void addTo(JsonObject target, JsonObject source) {
        for (String key : source.fieldNames()) {
            target.put(key, merge(target.getValue(key), source.getValue(key)));
        }
    }

    private static @Nullable Object merge(@Nullable Object earlier, @Nullable Object later) {
        if (earlier instanceof JsonObject first && later instanceof JsonObject second) {
            addTo(first, second);
            return first;
        } else if (earlier instanceof JsonArray first && later instanceof JsonArray second) {
            return first.addAll(second.copy());
        } else if (later instanceof JsonObject second) {
            return second.copy();
        }
        return later instanceof JsonArray second ? second.copy() : later;
    }
}
