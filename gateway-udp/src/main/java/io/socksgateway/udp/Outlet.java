package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The sending side of a socket: collects the datagrams of a batch, and sends them together. While the kernel does not
 * take what was sent before, new ones are dropped: nothing piles up.
 *
 * <p>Confined to its event loop.
 */
final class Outlet {

    private final DatagramPort port;
    private final Channel channel;
    private final DropCounters drops;
    private final Batch batch;
    private boolean pending;

    Outlet(DatagramPort port, DropCounters drops) {
        this.port = port;
        this.channel = port.channel();
        this.drops = drops;
        this.batch = new Batch(channel, port.sendsSegments());
    }

    /**
     * Adds a datagram to the batch.
     *
     * @param payload released in the end
     * @return false if it was dropped
     */
    boolean write(ByteBuf payload, InetSocketAddress to) {
        if (!channel.isActive() || (!pending && isStalled())) {
            payload.release();
            drops.count(Drop.BACKLOG);
            return false;
        }
        if (!payload.isReadable()) {
            payload.release();
            return writeEmpty(to);
        }
        pending = true;
        batch.add(payload, to);
        return true;
    }

    private boolean writeEmpty(InetSocketAddress to) {
        flush(); // so that it stays behind those before it
        try {
            port.sendEmpty(to);
            return true;
        } catch (IOException e) {
            drops.count(Drop.UNSENDABLE);
            return false;
        }
    }

    /** Sends the batch. */
    void flush() {
        if (pending) {
            pending = false;
            batch.pass();
            channel.flush();
        }
    }

    /** Drops what is not sent yet, and closes the socket. */
    void close() {
        batch.discard();
        channel.close();
    }

    /** Whether a part of the last batch still waits for the kernel; the channel sends it when it can. */
    private boolean isStalled() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null || !waiting.isEmpty();
    }
}
