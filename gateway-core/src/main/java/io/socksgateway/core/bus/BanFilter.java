package io.socksgateway.core.bus;

import io.socksgateway.core.quota.LoginSubject;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which bans are to be lifted: one by its id, those of a user, or those of a client as {@link Ban#client} tells it.
 *
 * <p>Immutable.
 */
public record BanFilter(
        @Nullable String id,
        @Nullable String user,
        @Nullable String client) {

    public static BanFilter id(String id) {
        return new BanFilter(id, null, null);
    }

    public static BanFilter user(String user) {
        return new BanFilter(null, user.toLowerCase(Locale.ROOT), null);
    }

    public static BanFilter client(String client) {
        return new BanFilter(null, null, client);
    }

    /** Whether a ban of this id is meant. */
    public boolean matches(String ban) {
        return ban.equals(id)
                || (user != null && user.equals(LoginSubject.userOf(ban)))
                || (client != null && client.equals(LoginSubject.clientOf(ban)));
    }

    JsonObject encode() {
        JsonObject json = new JsonObject();
        SessionFilterCodec.put(json, "id", id);
        SessionFilterCodec.put(json, "user", user);
        SessionFilterCodec.put(json, "client", client);
        return json;
    }

    static BanFilter decode(JsonObject json) {
        return new BanFilter(json.getString("id"), json.getString("user"), json.getString("client"));
    }
}
