package io.socksgateway.auth.plugin;

import io.vertx.core.json.JsonObject;
import java.util.Base64;

/**
 * A question in an exchange: what a client has said. Nothing of it is to be logged but what {@link #toString} says.
 *
 * <p>Immutable.
 */
public final class Round {

    private final JsonObject question;

    private Round(JsonObject question) {
        this.question = question;
    }

    static Round of(JsonObject question) {
        return new Round(question);
    }

    /** How many times this client was asked about before: 0 when it has just chosen the method, and has said nothing yet. */
    public int number() {
        return question.getInteger(PluginContract.ROUND);
    }

    /** What it has said and was not consumed yet, a copy; may go on behind what belongs to the method. */
    public byte[] octets() {
        return Base64.getUrlDecoder().decode(question.getString(PluginContract.OCTETS));
    }

    /** What {@link Move#remembering} was told in the last round; empty if nothing. */
    public String state() {
        return question.getString(PluginContract.STATE, "");
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
        return session() + " from " + client() + " at " + listener() + ", round " + number();
    }
}
