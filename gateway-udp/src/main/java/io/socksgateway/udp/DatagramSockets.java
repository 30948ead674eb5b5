package io.socksgateway.udp;

import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Opens datagram sockets on event loops.
 *
 * <p>Thread-safe.
 */
interface DatagramSockets {

    /**
     * Octets that the kernel is asked to hold for a socket, each way; it may give less. A burst of a hundred full
     * packets, or eight of the longest datagrams.
     */
    int BUFFER = 512 * 1024;

    /** Those of the transport that the event loops have: epoll, or Java's own. */
    static DatagramSockets of(boolean epoll) {
        return epoll ? new EpollDatagrams() : new NioDatagrams();
    }

    /**
     * Opens a socket of the family of an address and binds it to that. Only to be called on the event loop.
     *
     * @param local port 0 for any free one
     * @param handler reads the datagrams, which begin to arrive at once
     * @throws IOException if the address cannot be bound, or the machine has no descriptor or no such family
     */
    DatagramPort open(LoopResources resources, InetSocketAddress local, ChannelHandler handler) throws IOException;
}
