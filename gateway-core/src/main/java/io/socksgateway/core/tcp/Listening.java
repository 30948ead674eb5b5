package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.net.Sockets;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets of a node, which its handshake verticles share. They are on the event loop of the first verticle
 * and give clients to all of them in turn: half the work of accepting would be to wake a loop of its own.
 *
 * <p>When descriptors run out, accepting pauses for a moment, and the clients wait in the kernel's queue.
 *
 * <p>Thread-safe.
 */
public final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final int BACKLOG = 4_096;
    private static final long PAUSE_MILLIS = 500;

    private final List<ListenerConfig> listeners;
    private final OwnListeners own;
    private final Capacity capacity;
    private final List<Desk> desks = new CopyOnWriteArrayList<>();
    private final List<Channel> sockets = new CopyOnWriteArrayList<>();
    private @Nullable Future<Void> opened;
    private int turn;

    /** Takes clients on its own event loop. */
    interface Desk {
        EventLoop loop();

        /**
         * A client was accepted; its channel is not registered yet.
         *
         * @param listener index of the listener
         * @param place to be left when the client's connection is closed
         */
        void welcome(int listener, Channel client, Place place);
    }

    /**
     * Listening sockets that are opened for the first desk.
     *
     * @param own hears where they are bound
     * @param capacity of the node; while it admits nobody, clients wait in the kernel's queue
     */
    public Listening(List<ListenerConfig> listeners, OwnListeners own, Capacity capacity) {
        this.listeners = List.copyOf(listeners);
        this.own = own;
        this.capacity = capacity;
    }

    List<ListenerConfig> listeners() {
        return listeners;
    }

    /**
     * Adds a desk.
     *
     * @return succeeds when all listeners are bound; fails with a {@link ListenFailure}
     */
    synchronized Future<Void> join(Desk desk, Vertx vertx) {
        desks.add(desk);
        if (opened == null) {
            List<Future<?>> binding = new ArrayList<>();
            for (int i = 0; i < listeners.size(); i++) {
                binding.add(open(i, desk.loop(), vertx));
            }
            opened = Future.join(binding).<Void>mapEmpty().onFailure(cause -> close());
        }
        return opened;
    }

    /** Takes a desk away; without any nobody is accepted any more. */
    synchronized void leave(Desk desk) {
        desks.remove(desk);
        if (desks.isEmpty()) {
            close();
            opened = null;
        }
    }

    /** Accepts nobody any more. */
    void close() {
        sockets.forEach(Channel::close);
        sockets.clear();
    }

    private Future<Void> open(int index, EventLoop loop, Vertx vertx) {
        ListenerConfig listener = listeners.get(index);
        return vertx.executeBlocking(() -> InetAddress.getByName(listener.host()))
                .compose(host -> {
                    ServerChannel socket = ((VertxInternal) vertx)
                            .transport()
                            .serverChannelFactory(false)
                            .newChannel();
                    return bind(socket, index, loop, new InetSocketAddress(host, listener.port()))
                            .onSuccess(done -> own.add(
                                    listener.name(),
                                    new InetSocketAddress(
                                            host, ((InetSocketAddress) socket.localAddress()).getPort())));
                })
                .recover(cause -> Future.failedFuture(new ListenFailure(listener, cause)));
    }

    private Future<Void> bind(ServerChannel socket, int index, EventLoop loop, InetSocketAddress address) {
        Promise<Void> bound = Promise.promise();
        socket.config().setOption(ChannelOption.SO_REUSEADDR, true);
        socket.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        socket.pipeline().addLast(new Accepting(index));
        sockets.add(socket);
        loop.register(socket).addListener(registered -> {
            if (!registered.isSuccess() || !prepare(socket)) {
                bound.fail(registered.isSuccess() ? new IOException("socket options") : registered.cause());
                return;
            }
            capacity.gate().add(socket);
            socket.bind(address).addListener(done -> {
                if (done.isSuccess()) {
                    bound.complete();
                } else {
                    bound.fail(done.cause());
                }
            });
        });
        return bound.future();
    }

    /** Linux hands these options on to the accepted sockets, which saves a call for each. */
    private static boolean prepare(ServerChannel socket) {
        if (socket instanceof UnixChannel unix && unix.fd() instanceof Socket descriptor) {
            try {
                descriptor.setTcpNoDelay(true);
                descriptor.setKeepAlive(true);
                Sockets.keepUrgent(descriptor);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Gives clients to the desks; on the event loop of the listening sockets. */
    private final class Accepting extends ChannelInboundHandlerAdapter {
        private final int listener;
        private boolean failing;

        Accepting(int listener) {
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Channel client = (Channel) message;
            Desk desk = next();
            if (failing) {
                failing = false;
                LOG.info("listener {}: accepting again", listeners.get(listener).name());
            }
            if (desk == null) {
                client.unsafe().closeForcibly();
                return;
            }
            Place place = capacity.enter();
            if (desk.loop().inEventLoop()) {
                desk.welcome(listener, client, place);
            } else {
                desk.loop().execute(() -> desk.welcome(listener, client, place));
            }
        }

        private @Nullable Desk next() {
            Desk[] now = desks.toArray(new Desk[0]); // others may leave meanwhile
            if (now.length == 0) {
                return null;
            }
            turn = (turn + 1) % now.length;
            return now[turn];
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "listener {}: cannot accept, clients wait: {}",
                        listeners.get(listener).name(),
                        cause.getMessage());
            }
            Channel socket = ctx.channel();
            socket.config().setAutoRead(false);
            socket.eventLoop().schedule(() -> capacity.gate().update(socket), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
