package io.socksgateway.core.bus;

import io.socksgateway.core.session.Identity;

/**
 * The answer to an {@link IdentRequest}.
 *
 * <p>Immutable.
 */
public sealed interface IdentOutcome {

    /** The identd names the same user. */
    record Confirmed(Identity identity) implements IdentOutcome {}

    /**
     * There is no identd, or it does not know, or it talks nonsense.
     *
     * @param reason for the log
     */
    record Unavailable(String reason) implements IdentOutcome {}

    /** The identd names somebody else. */
    record Mismatch() implements IdentOutcome {}
}
