package io.socksgateway.core.bus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.socksgateway.core.session.Encapsulation;
import io.socksgateway.core.session.SessionInfo;
import org.jspecify.annotations.Nullable;

/**
 * A negotiated session on its way from the handshake to the relay.
 *
 * @param client the client's socket; not reading, and registered with the event loop of both
 * @param early what the client sent behind its request; the receiver releases it
 * @param encapsulation how the client wraps its messages, for datagrams: the socket sees to its own; null if it does not
 */
public record OpenSession(
        SessionInfo session,
        Channel client,
        ByteBuf early,
        @Nullable Encapsulation encapsulation) {

    /** A session whose client does not wrap its messages. */
    public OpenSession(SessionInfo session, Channel client, ByteBuf early) {
        this(session, client, early, null);
    }
}
