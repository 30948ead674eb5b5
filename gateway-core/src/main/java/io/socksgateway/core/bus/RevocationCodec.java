package io.socksgateway.core.bus;

import io.socksgateway.core.session.Revocation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** A revocation between nodes: {@code {"source": "staff", "users": ["alice"]}}. */
final class RevocationCodec {

    private RevocationCodec() {}

    static JsonObject encode(Revocation revocation) {
        JsonArray users = new JsonArray();
        revocation.users().forEach(users::add);
        JsonObject json = new JsonObject().put("users", users);
        SessionFilterCodec.put(json, "source", revocation.source());
        return json;
    }

    static Revocation decode(JsonObject json) {
        return new Revocation(
                json.getString("source"),
                json.getJsonArray("users").stream().map(String.class::cast).collect(Collectors.toSet()));
    }
}
