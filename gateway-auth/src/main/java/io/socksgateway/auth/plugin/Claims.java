package io.socksgateway.auth.plugin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a plug-in claims for a client that it accepts.
 *
 * <p>Immutable.
 *
 * @param user the name that counts; null for that of the login, which a method of one's own does not have
 * @param groups for rules and quotas
 * @param quota name of a quota of the configuration that counts the session too, or null
 * @param egress one of {@code egress.bind} or {@code egress.pool} that targets are dialled from, or null
 * @param expiry when the session ends, or null
 */
public record Claims(
        @Nullable String user,
        Set<String> groups,
        @Nullable String quota,
        @Nullable String egress,
        @Nullable Instant expiry) {

    /** Nothing but that the client is who it says. */
    public static final Claims NONE = new Claims(null, Set.of(), null, null, null);

    public Claims {
        groups = Set.copyOf(groups);
    }

    public Claims user(String name) {
        return new Claims(name, groups, quota, egress, expiry);
    }

    public Claims groups(String... names) {
        return new Claims(user, Set.of(names), quota, egress, expiry);
    }

    public Claims quota(String name) {
        return new Claims(user, groups, name, egress, expiry);
    }

    public Claims egress(String address) {
        return new Claims(user, groups, quota, address, expiry);
    }

    public Claims expiry(Instant time) {
        return new Claims(user, groups, quota, egress, time);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put(PluginContract.RESULT, PluginContract.ACCEPTED)
                .put(
                        PluginContract.GROUPS,
                        new JsonArray(new TreeSet<>(groups).stream().toList()));
        put(json, PluginContract.USER, user);
        put(json, PluginContract.QUOTA, quota);
        put(json, PluginContract.EGRESS, egress);
        put(json, PluginContract.EXPIRY, expiry == null ? null : expiry.toString());
        return json;
    }

    private static void put(JsonObject json, String key, @Nullable String value) {
        if (value != null) {
            JsonObject unused = json.put(key, value);
        }
    }
}
