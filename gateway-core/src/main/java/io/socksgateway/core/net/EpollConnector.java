package io.socksgateway.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.session.Failure;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects with a handle of its own on the epoll loop, because Netty's channel gives one exception for several errors:
 * here the socket is asked for its errno. The connected descriptor then becomes a channel.
 *
 * <p>Thread-safe.
 */
public final class EpollConnector implements Connector {

    private static final int IPPROTO_IP = 0;

    /** Leaves the choice of the port to connect, which can share it among targets: bind could give out each once only. */
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;

    private final EgressAddresses egress;

    /** Dials from the addresses that the system chooses. */
    public EpollConnector() {
        this(EgressAddresses.ANY);
    }

    public EpollConnector(EgressAddresses egress) {
        this.egress = egress;
    }

    @Override
    public Connector from(InetAddress source) {
        return new OneSource(source, new EpollConnector(EgressAddresses.of(List.of(source))));
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress remote) {
        Promise<Channel> promise = loop.newPromise();
        LinuxSocket socket;
        try {
            socket = LinuxSocket.newSocketStream(remote.getAddress() instanceof Inet6Address);
        } catch (RuntimeException e) { // Netty wraps the errno of socket(2)
            return promise.setFailure(new ConnectFailure(Failure.LOCAL, "socket: " + e.getMessage()));
        }
        new Attempt(loop, socket, egress.localFor(remote.getAddress()), remote, promise).start();
        return promise;
    }

    /**
     * Makes a channel of a connected socket, which it owns from now on. The target may have reset the connection by then: the
     * channel asks for the error again, which clears it, and one that has found an error neither is told of another nor
     * knows its address.
     */
    static void adopt(EventLoop loop, LinuxSocket socket, InetSocketAddress remote, Promise<Channel> promise) {
        EpollSocketChannel channel = new EpollSocketChannel(socket.intValue());
        if (!channel.isActive()) {
            channel.unsafe().closeForcibly();
            promise.tryFailure(Errno.reset(remote));
            return;
        }
        channel.config().setOption(ChannelOption.AUTO_READ, false);
        Sockets.prepare(channel);
        loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                promise.tryFailure(new ConnectFailure(Failure.LOCAL, "epoll: " + registered.cause()));
            } else if (!promise.trySuccess(channel)) {
                channel.close(); // cancelled meanwhile
            }
        });
    }

    /** One connection being made; owns the descriptor until the channel does. */
    private static final class Attempt implements EpollIoHandle {
        private final EventLoop loop;
        private final LinuxSocket socket;
        private final @Nullable InetSocketAddress local;
        private final InetSocketAddress remote;
        private final Promise<Channel> promise;

        Attempt(
                EventLoop loop,
                LinuxSocket socket,
                @Nullable InetSocketAddress local,
                InetSocketAddress remote,
                Promise<Channel> promise) {
            this.loop = loop;
            this.socket = socket;
            this.local = local;
            this.remote = remote;
            this.promise = promise;
        }

        void start() {
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                Sockets.keepUrgent(socket);
                if (local != null) {
                    socket.setIntOpt(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
                    socket.bind(local);
                }
                if (socket.connect(remote)) {
                    adopt(loop, socket, remote, promise);
                } else {
                    await();
                }
            } catch (IOException | RuntimeException e) {
                fail(Errno.ofRefusedConnect(e, local, remote));
            }
        }

        private void await() {
            ((IoEventLoop) loop).register(this).addListener((Future<IoRegistration> registered) -> {
                if (registered.isSuccess()) {
                    IoRegistration registration = registered.getNow();
                    registration.submit(EpollIoOps.EPOLLOUT);
                    promise.addListener(done -> {
                        if (done.isCancelled()) {
                            registration.cancel();
                            closeSocket();
                        }
                    });
                } else {
                    fail(new ConnectFailure(Failure.LOCAL, "epoll: " + registered.cause()));
                }
            });
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (promise.isDone()) {
                return;
            }
            registration.cancel();
            try {
                int error = socket.getSoError();
                if (error == 0) {
                    adopt(loop, socket, remote, promise);
                } else {
                    fail(Errno.failure(error, remote));
                }
            } catch (IOException e) {
                fail(new ConnectFailure(Failure.LOCAL, "getsockopt: " + e.getMessage()));
            }
        }

        private void fail(ConnectFailure failure) {
            closeSocket();
            promise.tryFailure(failure);
        }

        private void closeSocket() {
            try {
                socket.close();
            } catch (IOException e) {
                // nothing is left to lose: it was never connected
            }
        }

        @Override
        public FileDescriptor fd() {
            return socket;
        }

        /** The event loop ends. */
        @Override
        public void close() {
            fail(new ConnectFailure(Failure.LOCAL, "the event loop has ended"));
        }
    }
}
