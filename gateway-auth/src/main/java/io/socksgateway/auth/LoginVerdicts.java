package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import java.util.Set;

/**
 * Makes answers of replies to logins, as {@link PluginContract} has them.
 *
 * <p>Immutable.
 */
record LoginVerdicts(PluginClaims claims) {

    private static final Set<String> REJECTION = Set.of(PluginContract.REASON);

    /**
     * What a reply says.
     *
     * @throws PluginNonsense if it is none of the contract
     */
    Answer judge(PluginReply reply, UserPassword credentials) {
        switch (reply.result()) {
            case PluginContract.ACCEPTED -> {
                reply.allow(PluginClaims.KEYS);
                Identity identity = claims.read(reply, credentials.user());
                return claims.expired(identity)
                        ? new Answer.Rejected("the claims have expired")
                        : new Answer.Accepted(identity);
            }
            case PluginContract.REJECTED -> {
                reply.allow(REJECTION);
                return new Answer.Rejected(PluginReasons.of(reply, credentials.password(), "wrong password"));
            }
            case PluginContract.UNKNOWN -> {
                reply.allow(Set.of());
                return new Answer.Unknown(null);
            }
            default -> throw new PluginNonsense("answers with a result that there is not");
        }
    }
}
