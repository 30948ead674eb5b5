package io.socksgateway.core.bus;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.quota.LoginSubject;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which bans are to be lifted: one by its id, those of a user, or those that keep any client of an address or range out.
 *
 * <p>Immutable.
 */
public record BanFilter(
        @Nullable String id,
        @Nullable String user,
        @Nullable Cidr client) {

    public static BanFilter id(String id) {
        return new BanFilter(id, null, null);
    }

    public static BanFilter user(String user) {
        return new BanFilter(null, user.toLowerCase(Locale.ROOT), null);
    }

    public static BanFilter client(Cidr client) {
        return new BanFilter(null, null, client);
    }

    /** Whether a ban of this id is meant. */
    public boolean matches(String ban) {
        return ban.equals(id)
                || (user != null && user.equals(LoginSubject.userOf(ban)))
                || (client != null && overlaps(client, LoginSubject.clientOf(ban)));
    }

    /** Of two ranges that have an address in common one is in the other. */
    private static boolean overlaps(Cidr client, String banned) {
        return Cidr.parse(banned)
                .filter(network -> network.contains(client) || client.contains(network))
                .isPresent();
    }

    JsonObject encode() {
        JsonObject json = new JsonObject();
        SessionFilterCodec.put(json, "id", id);
        SessionFilterCodec.put(json, "user", user);
        SessionFilterCodec.put(json, "client", client == null ? null : client.toString());
        return json;
    }

    static BanFilter decode(JsonObject json) {
        String client = json.getString("client");
        return new BanFilter(
                json.getString("id"),
                json.getString("user"),
                client == null ? null : Cidr.parse(client).orElse(null));
    }
}
