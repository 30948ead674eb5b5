package io.socksgateway.core.bus;

import io.socksgateway.core.session.Identity;

/**
 * The answer to credentials. "No" is an answer; a failed future means that nobody could tell.
 *
 * <p>Immutable.
 */
public sealed interface AuthOutcome {

    /** The credentials are right. */
    record Accepted(Identity identity) implements AuthOutcome {}

    /**
     * They are not.
     *
     * @param reason for the log, never for the client
     */
    record Rejected(String reason) implements AuthOutcome {}
}
