package io.socksgateway.deploy.bench.load;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A socket on a {@link LoadLoop} with as little as possible between it and the kernel.
 *
 * <p>Confined to its loop.
 */
final class LoopSocket implements EpollIoHandle {

    /** What a socket calls when something has happened on it. */
    @FunctionalInterface
    interface Events {
        void ready(EpollIoOps events);
    }

    private static final int BACKLOG = 4096;
    private static final int DATAGRAM_BUFFER = 4 << 20;

    private final LinuxSocket socket;
    private final Events events;
    private final IoRegistration registration;

    private LoopSocket(LoadLoop loop, LinuxSocket socket, Events events) {
        this.socket = socket;
        this.events = events;
        this.registration = loop.register(this);
    }

    /** Begins to connect; writable means connected. A close resets the connection, so that no port has to wait. */
    static LoopSocket connect(LoadLoop loop, InetSocketAddress peer, Events events) throws IOException {
        LinuxSocket socket = LinuxSocket.newSocketStream(SocketProtocolFamily.INET);
        try {
            socket.setSoLinger(0);
            socket.connect(peer);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new LoopSocket(loop, socket, events);
    }

    static LoopSocket listen(LoadLoop loop, InetSocketAddress local, Events events) throws IOException {
        LinuxSocket socket = LinuxSocket.newSocketStream(SocketProtocolFamily.INET);
        socket.bind(local);
        socket.listen(BACKLOG);
        return new LoopSocket(loop, socket, events);
    }

    static LoopSocket datagrams(LoadLoop loop, Events events) throws IOException {
        LinuxSocket socket = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
        socket.setReceiveBufferSize(DATAGRAM_BUFFER);
        return new LoopSocket(loop, socket, events);
    }

    static LoopSocket accepted(LoadLoop loop, int descriptor, Events events) throws IOException {
        LinuxSocket socket = LinuxSocket.newSocket(descriptor);
        socket.setSoLinger(0);
        return new LoopSocket(loop, socket, events);
    }

    void bind(InetSocketAddress local) throws IOException {
        socket.bind(local);
    }

    /** Makes this peer the only one, of a datagram socket. */
    void only(InetSocketAddress peer) throws IOException {
        socket.connect(peer);
    }

    InetSocketAddress local() {
        return socket.localAddress();
    }

    void noDelay() throws IOException {
        socket.setTcpNoDelay(true);
    }

    /** Throws if the connection could not be made. */
    boolean finishConnect() throws IOException {
        return socket.finishConnect();
    }

    /** A descriptor, or -1 if nobody has connected. */
    int accept(byte[] address) throws IOException {
        return socket.accept(address);
    }

    /** Which events are wanted from now on. */
    void watch(EpollIoOps wanted) {
        registration.submit(wanted);
    }

    /** Octets that were taken, which may be none. */
    int send(NativeOctets octets, int start, int end) throws IOException {
        return socket.sendAddress(octets.address(), start, end);
    }

    void sendTo(NativeOctets octets, int length, DatagramSocketAddress peer) throws IOException {
        socket.sendToAddress(octets.address(), 0, length, peer.getAddress(), peer.getPort());
    }

    /** Octets that were there, 0 if there are none now, -1 at the end. */
    int receive(NativeOctets into) throws IOException {
        return socket.recvAddress(into.address(), 0, into.length());
    }

    /** The sender and length of a datagram, or null if there is none. */
    DatagramSocketAddress receiveFrom(NativeOctets into) throws IOException {
        return socket.recvFromAddress(into.address(), 0, into.length());
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration itself, IoEvent event) {
        events.ready(((EpollIoEvent) event).ops());
    }

    /** Closes it; one that was connected resets its connection. */
    @Override
    public void close() {
        if (!socket.isOpen()) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // closed all the same
        }
        registration.cancel();
    }
}
