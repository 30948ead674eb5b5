package io.socksgateway.auth.plugin;

import io.vertx.core.json.JsonObject;
import java.util.Base64;

/**
 * An answer in an exchange: what to say to the client, and whether it goes on.
 *
 * <p>Immutable.
 */
public final class Move {

    private final JsonObject json;

    private Move(JsonObject json) {
        this.json = json;
    }

    /** The exchange goes on when the client has said more. */
    public static Move next() {
        return new Move(new JsonObject().put(PluginContract.RESULT, PluginContract.CONTINUE));
    }

    /**
     * The client is who it says; its request follows.
     *
     * @param claims with a user
     */
    public static Move accepted(Claims claims) {
        return new Move(claims.toJson());
    }

    /**
     * The client is not let in.
     *
     * @param reason for the log, never for the client
     */
    public static Move rejected(String reason) {
        return new Move(new JsonObject()
                .put(PluginContract.RESULT, PluginContract.REJECTED)
                .put(PluginContract.REASON, reason));
    }

    /** The same, and the client is sent these octets. */
    public Move sending(byte[] octets) {
        return with(PluginContract.SEND, Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /** The same, and so many of the octets that were shown are used up. Not for rejections. */
    public Move consuming(int octets) {
        return with(PluginContract.CONSUMED, octets);
    }

    /** The same, and it is not asked again before there are so many octets, those not consumed included. Only of {@link #next}. */
    public Move needing(int octets) {
        return with(PluginContract.NEED, octets);
    }

    /** The same, and the next round is told this, at most {@link PluginContract#MAX_STATE} characters. Only of {@link #next}. */
    public Move remembering(String state) {
        return with(PluginContract.STATE, state);
    }

    private Move with(String key, Object value) {
        return new Move(json.copy().put(key, value));
    }

    JsonObject toJson() {
        return json.copy();
    }
}
