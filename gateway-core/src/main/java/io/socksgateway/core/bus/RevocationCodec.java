package io.socksgateway.core.bus;

import io.socksgateway.core.session.Revocation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;

/** A revocation between nodes: {@code {"source": "staff", "users": ["alice"]}}, without what does not matter. */
final class RevocationCodec {

    private RevocationCodec() {}

    static JsonObject encode(Revocation revocation) {
        JsonObject json = new JsonObject();
        SessionFilterCodec.put(json, "source", revocation.source());
        Set<String> names = revocation.users();
        if (names != null) {
            JsonArray users = new JsonArray();
            names.forEach(users::add);
            json.put("users", users);
        }
        return json;
    }

    static Revocation decode(JsonObject json) {
        JsonArray users = json.getJsonArray("users");
        return new Revocation(
                json.getString("source"),
                users == null ? null : users.stream().map(String.class::cast).collect(Collectors.toSet()));
    }
}
