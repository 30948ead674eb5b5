package io.socksgateway.auth.plugin;

import io.vertx.core.json.JsonObject;

/**
 * What a plug-in says of a password.
 *
 * <p>Immutable.
 */
public sealed interface Verdict {

    /** It is right. */
    record Accepted(Claims claims) implements Verdict {}

    /**
     * It is wrong: nobody else is asked.
     *
     * @param reason for the log, never for the client
     */
    record Rejected(String reason) implements Verdict {}

    /** The user is somebody else's: the next authenticator is asked. */
    record Unknown() implements Verdict {}

    static Verdict accepted(Claims claims) {
        return new Accepted(claims);
    }

    static Verdict rejected(String reason) {
        return new Rejected(reason);
    }

    static Verdict unknown() {
        return new Unknown();
    }

    /** The answer of the contract. */
    default JsonObject toJson() {
        if (this instanceof Accepted accepted) {
            return accepted.claims().toJson();
        } else if (this instanceof Rejected rejected) {
            return new JsonObject()
                    .put(PluginContract.RESULT, PluginContract.REJECTED)
                    .put(PluginContract.REASON, rejected.reason());
        }
        return new JsonObject().put(PluginContract.RESULT, PluginContract.UNKNOWN);
    }
}
