package io.socksgateway.core.bus;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How much of a quota a subject uses.
 *
 * <p>Immutable.
 *
 * @param counter sorts them
 * @param key as in the configuration, and so {@code scope}
 * @param subject empty for all who have not logged in
 * @param node that counts it, if each does for itself; null if all count together
 * @param maxSessions null for no limit
 * @param traffic octets of the period; null if they are not limited, and so {@code maxTraffic}
 */
public record QuotaUse(
        String counter,
        String quota,
        String key,
        String scope,
        String subject,
        @Nullable String node,
        long sessions,
        @Nullable Long maxSessions,
        @Nullable Long traffic,
        @Nullable Long maxTraffic) {

    /** As the API tells it; what is not known is left out. */
    public JsonObject json() {
        JsonObject json = new JsonObject()
                .put("quota", quota)
                .put("key", key)
                .put("scope", scope)
                .put("subject", subject);
        put(json, "node", node);
        json.put("sessions", sessions);
        put(json, "maxSessions", maxSessions);
        put(json, "traffic", traffic);
        put(json, "maxTraffic", maxTraffic);
        return json;
    }

    JsonObject encode() {
        return json().put("counter", counter);
    }

    static QuotaUse decode(JsonObject json) {
        return new QuotaUse(
                json.getString("counter"),
                json.getString("quota"),
                json.getString("key"),
                json.getString("scope"),
                json.getString("subject"),
                json.getString("node"),
                json.getLong("sessions"),
                json.getLong("maxSessions"),
                json.getLong("traffic"),
                json.getLong("maxTraffic"));
    }

    private static void put(JsonObject json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
