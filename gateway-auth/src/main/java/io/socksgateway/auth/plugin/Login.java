package io.socksgateway.auth.plugin;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Credentials that a plug-in is asked about. Nothing of it is to be logged but what {@link #toString} says.
 *
 * <p>Immutable.
 */
public final class Login {

    private final JsonObject question;

    private Login(JsonObject question) {
        this.question = question;
    }

    static Login of(JsonObject question) {
        return new Login(question);
    }

    /** As the client has given it: 0 to 255 octets of UTF-8, not yet believed. */
    public String user() {
        return question.getString(PluginContract.USER);
    }

    /** The password's octets, a copy: 0 to 255 of them. */
    public byte[] password() {
        String text = question.getString(PluginContract.PASSWORD);
        return text == null
                ? Base64.getUrlDecoder().decode(question.getString(PluginContract.PASSWORD_OCTETS))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The client's address, without port. */
    public String client() {
        return question.getString(PluginContract.CLIENT);
    }

    /** The name of the listener that the client came in by. */
    public String listener() {
        return question.getString(PluginContract.LISTENER);
    }

    /** The id of the session, as in the gateway's log. */
    public String session() {
        return question.getString(PluginContract.SESSION);
    }

    @Override
    public String toString() {
        return session() + " from " + client() + " at " + listener();
    }
}
