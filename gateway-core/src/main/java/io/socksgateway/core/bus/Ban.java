package io.socksgateway.core.bus;

import io.socksgateway.core.quota.LoginSubject;
import io.vertx.core.json.JsonObject;

/**
 * Somebody whose logins fail for a while, as too many have failed.
 *
 * <p>Immutable.
 *
 * @param id as {@link LoginSubject} has it; for {@link BansClient#lift}
 * @param millisLeft until it is over; 0 of one who is only watched
 * @param failures failed logins that count towards the next ban
 */
public record Ban(String id, long millisLeft, int failures) {

    /** The address of the client, or the network of clients. */
    public String client() {
        return LoginSubject.clientOf(id);
    }

    /** The user whom clients of the network cannot log in as, in lower case; empty if it is all users. */
    public String user() {
        return LoginSubject.userOf(id);
    }

    JsonObject encode() {
        return new JsonObject().put("id", id).put("millisLeft", millisLeft).put("failures", failures);
    }

    static Ban decode(JsonObject json) {
        return new Ban(json.getString("id"), json.getLong("millisLeft"), json.getInteger("failures", 0));
    }
}
