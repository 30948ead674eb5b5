package io.socksgateway.core.session;

import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.SocksRequest;
import io.socksgateway.core.wire.UserPassword;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Handshake} needs next. Whatever it has written is to be sent first.
 *
 * <p>Immutable.
 */
public sealed interface Step {

    /** More octets from the client. */
    record Read() implements Step {}

    /** A decision on credentials: {@link Handshake#accepted} or {@link Handshake#rejected}. */
    record Authenticate(UserPassword credentials) implements Step {}

    /**
     * An answer of the owner of a method: {@link Handshake#answered}.
     *
     * @param round how many times it was asked before
     * @param octets what the client has said and was not used up yet
     * @param state what it has said last that it wants to be told
     */
    record Exchange(
            int method,
            int round,
            ByteBuffer octets,
            @Nullable String state) implements Step {}

    /** The verified user of a SOCKS4 request: {@link Handshake#identified} or {@link Handshake#unidentified}. */
    record Identify(String userId) implements Step {}

    /**
     * A decision on a token of the GSS-API: {@link Handshake#continues}, {@link Handshake#established} or {@link
     * Handshake#refusesContext}.
     */
    record AcceptToken(GssToken token) implements Step {}

    /** What was written goes out as it is; from then on all is wrapped, both ways, what is left of the input too. */
    record Protect(Encapsulation encapsulation) implements Step {}

    /** The negotiation is complete; what is left of the input belongs to the target. */
    record Open(SocksRequest request, Command command) implements Step {}

    /**
     * The end. If anything was written the client is to get it before the close.
     *
     * @param replyCode the octet that was sent for the request, or {@link SessionRecord#NO_REPLY}
     */
    record End(EndReason reason, int replyCode) implements Step {}
}
