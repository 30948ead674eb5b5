package io.socksgateway.core.session;

import java.util.Locale;

/** Why a session ended, as the access line says it. */
public enum EndReason {
    /** The client ended first, or both ended in order and it was the first. */
    CLIENT_CLOSED,
    /** The target ended first. */
    TARGET_CLOSED,
    /** No byte for {@code timeouts.idle}, or {@code timeouts.halfClosed} once one direction had ended. */
    IDLE,
    /** The target, its network or its name could not be reached; the reply says how. */
    REFUSED,
    /** A rule or the guard of internal addresses. */
    DENIED,
    /** A limit was reached, or nobody could tell whether it was. */
    QUOTA,
    /** No method in common, wrong credentials, or no answer to them. */
    AUTH_FAILED,
    /** The handshake, the connection to the target or the answer of the name servers took too long. */
    TIMEOUT,
    /** Ended by the operator. */
    KILLED,
    /** It may not be here any more: its user was removed or disabled, its time is over, or the rules were changed. */
    REVOKED,
    /** The gateway stopped. */
    DRAINED,
    /** Not the protocol. */
    MALFORMED,
    /** TLS failed before the request: the log says why. */
    TLS_FAILED,
    /** The protocol, but a part of it that the listener does not serve. */
    UNSUPPORTED,
    /** The node has as many sessions as it may have: others may still have room. */
    FULL,
    /** The gateway itself failed. */
    ERROR;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word in the access line. */
    @Override
    public String toString() {
        return text;
    }
}
