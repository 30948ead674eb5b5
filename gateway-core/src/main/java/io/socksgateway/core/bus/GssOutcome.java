package io.socksgateway.core.bus;

import io.socksgateway.core.session.GssTerms;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.wire.GssToken;

/** The answer to a token of the GSS-API. "No" is an answer; a failed future means that nobody could tell. */
public sealed interface GssOutcome {

    /** A context that is not established yet; only who has made it knows what is in it. */
    interface Context {}

    /** The client is to send another token. */
    record Continues(GssToken token, Context context) implements GssOutcome {}

    /**
     * The client is who it says.
     *
     * @param token the last one for the client, empty if there is none
     * @param messages to be closed by the receiver when the session ends
     */
    record Established(GssToken token, Identity identity, MessageProtection messages, GssTerms terms)
            implements GssOutcome {}

    /**
     * It is not, or may not come in.
     *
     * @param reason for the log, never for the client
     */
    record NoContext(String reason) implements GssOutcome {}
}
