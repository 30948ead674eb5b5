package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Datagram sockets of the epoll transport: several datagrams a system call, read into memory that the whole loop shares.
 *
 * <p>Thread-safe.
 */
final class EpollDatagrams implements DatagramSockets {

    @Override
    public DatagramPort open(LoopResources resources, InetSocketAddress local, ChannelHandler handler)
            throws IOException {
        LinuxSocket socket;
        try {
            socket = LinuxSocket.newSocketDgram(local.getAddress() instanceof Inet6Address);
        } catch (ChannelException e) { // Netty wraps the errno of socket(2)
            throw new IOException("socket: " + e.getMessage(), e);
        }
        try {
            socket.bind(local);
            return new Port(channel(socket, resources, handler));
        } catch (IOException | ChannelException e) {
            socket.close();
            throw new IOException("datagram socket: " + e.getMessage(), e);
        }
    }

    private static EpollDatagramChannel channel(LinuxSocket socket, LoopResources resources, ChannelHandler handler)
            throws IOException {
        EpollDatagramChannel channel = new EpollDatagramChannel(socket.intValue());
        channel.config()
                .setMaxDatagramPayloadSize(ReceiveSlab.SLOT)
                .setRecvByteBufAllocator(new SlabReads(resources.slab()))
                .setReceiveBufferSize(BUFFER)
                .setSendBufferSize(BUFFER);
        channel.pipeline().addLast(handler);
        Throwable refusal = resources.loop().register(channel).cause(); // done at once, as this is the loop
        if (refusal != null) {
            throw new IOException(refusal);
        }
        return channel;
    }

    private record Port(EpollDatagramChannel epoll) implements DatagramPort {
        @Override
        public Channel channel() {
            return epoll;
        }

        @Override
        public boolean sendsSegments() {
            return EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        }

        @Override
        public void sendEmpty(InetSocketAddress to) throws IOException {
            ByteBuf nothing = Unpooled.EMPTY_BUFFER;
            int sent = ((LinuxSocket) epoll.fd()).sendTo(nothing.nioBuffer(), 0, 0, to.getAddress(), to.getPort());
            if (sent < 0) {
                throw new IOException("not sent");
            }
        }
    }
}
