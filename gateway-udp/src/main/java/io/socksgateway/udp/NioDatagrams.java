package io.socksgateway.udp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Datagram sockets of Java's own transport, where there is no epoll: correct, and slower.
 *
 * <p>Thread-safe.
 */
final class NioDatagrams implements DatagramSockets {

    private static final int LONGEST = 65_535;

    @Override
    public DatagramPort open(LoopResources resources, InetSocketAddress local, ChannelHandler handler)
            throws IOException {
        boolean v6 = local.getAddress() instanceof Inet6Address;
        DatagramChannel socket = DatagramChannel.open(v6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            socket.bind(local);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        NioDatagramChannel channel = new NioDatagramChannel(socket);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LONGEST));
        channel.pipeline().addLast(handler);
        Throwable refusal = resources.loop().register(channel).cause(); // done at once, as this is the loop
        if (refusal != null) {
            socket.close();
            throw new IOException(refusal);
        }
        return new Port(channel, socket);
    }

    private record Port(NioDatagramChannel nio, DatagramChannel socket) implements DatagramPort {
        @Override
        public Channel channel() {
            return nio;
        }

        @Override
        public void sendEmpty(InetSocketAddress to) throws IOException {
            socket.send(ByteBuffer.allocate(0), to);
        }
    }
}
