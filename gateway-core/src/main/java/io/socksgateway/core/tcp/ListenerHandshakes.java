package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.session.HandshakePolicy;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * What all handshakes of one listener share.
 *
 * <p>Immutable.
 *
 * @param tls null for SOCKS over plain TCP
 * @param proxyProtocol whether a connection begins with a PROXY header
 */
record ListenerHandshakes(
        String listener,
        HandshakePolicy policy,
        @Nullable ServerTls tls,
        boolean proxyProtocol,
        HandshakeServices services) {

    /** Fills the pipeline of a client's channel, which does not read yet, in the order in which things come. */
    void begin(Channel client, ContextInternal context, DeadlineWheel wheel, Place place) {
        ClientConnection connection = new ClientConnection(this, client, context, wheel, place);
        if (proxyProtocol) {
            client.pipeline().addLast(new ProxyPreface(connection));
        }
        if (tls != null) {
            tls.addTo(client);
        }
        client.pipeline().addLast(connection);
    }
}
