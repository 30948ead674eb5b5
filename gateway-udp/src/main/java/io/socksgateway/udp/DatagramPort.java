package io.socksgateway.udp;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A bound datagram socket on an event loop.
 *
 * <p>Confined to its event loop.
 */
interface DatagramPort {

    /** The channel, which sends and receives {@link io.netty.channel.socket.DatagramPacket}. */
    Channel channel();

    /** Whether the channel can send {@link io.netty.channel.unix.SegmentedDatagramPacket} as well. */
    default boolean sendsSegments() {
        return false;
    }

    /** Sends a datagram without payload, which Netty's channels take for nothing to do. */
    void sendEmpty(InetSocketAddress to) throws IOException;
}
