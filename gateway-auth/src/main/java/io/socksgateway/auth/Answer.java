package io.socksgateway.auth;

import io.socksgateway.core.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Authenticator} says of credentials.
 *
 * <p>Immutable.
 */
sealed interface Answer {

    Answer WRONG_PASSWORD = new Rejected("wrong password");

    /** The credentials are right. */
    record Accepted(Identity identity) implements Answer {}

    /**
     * The user is known and the credentials are wrong: nobody else is asked.
     *
     * @param reason for the log
     */
    record Rejected(String reason) implements Answer {}

    /**
     * The authenticator does not know the user: the next one is asked.
     *
     * @param decoy as much work as the password of a user that it knows, or null if that takes no time
     */
    record Unknown(@Nullable PasswordHash decoy) implements Answer {}
}
