package io.socksgateway.core.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Connects TCP sockets on an event loop.
 *
 * <p>Thread-safe.
 */
public interface Connector {

    /**
     * Connects to an address. Only to be called on the event loop.
     *
     * @return a channel with {@link Sockets#prepare} done, {@code autoRead} off and an empty pipeline; or a {@link
     *     ConnectFailure}. Cancelling gives up and closes the socket. There is no timeout here but the kernel's.
     */
    Future<Channel> connect(EventLoop loop, InetSocketAddress remote);

    /** Connects from an address of this machine, whatever is configured; targets of the other family are unreachable then. */
    default Connector from(InetAddress source) {
        throw new UnsupportedOperationException("source: " + source);
    }
}
