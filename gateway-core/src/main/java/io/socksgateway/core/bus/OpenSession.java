package io.socksgateway.core.bus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.socksgateway.core.session.SessionInfo;

/**
 * A negotiated session on its way from the handshake to the relay.
 *
 * @param client the client's socket; not reading, and registered with the event loop of both
 * @param early what the client sent behind its request; the receiver releases it
 */
public record OpenSession(SessionInfo session, Channel client, ByteBuf early) {}
