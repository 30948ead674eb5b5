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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening socket. From when it is bound clients wait in the kernel's queue; it accepts once it has been told how to
 * negotiate with them, and may be told otherwise later.
 *
 * <p>Thread-safe; the handler is confined to the event loop of the socket.
 */
final class ListeningSocket extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningSocket.class);
    private static final int BACKLOG = 4_096;
    private static final long PAUSE_MILLIS = 500;

    private final ServerChannel socket;
    private final InetSocketAddress configured;
    private final Capacity capacity;
    private final Supplier<Listening.@Nullable Desk> desks;
    private volatile @Nullable ListenerHandshakes handshakes;
    private boolean failing;

    /**
     * A socket that is not open yet.
     *
     * @param configured where it is to be bound; port 0 for any
     * @param desks whose turn it is, or null if there is nobody
     */
    ListeningSocket(
            ServerChannel socket,
            InetSocketAddress configured,
            Capacity capacity,
            Supplier<Listening.@Nullable Desk> desks) {
        this.socket = socket;
        this.configured = configured;
        this.capacity = capacity;
        this.desks = desks;
    }

    /** Binds it on an event loop. If that fails the socket is closed. */
    Future<ListeningSocket> bind(EventLoop loop) {
        Promise<ListeningSocket> bound = Promise.promise();
        socket.config().setOption(ChannelOption.SO_REUSEADDR, true);
        socket.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        socket.config().setAutoRead(false);
        socket.pipeline().addLast(this);
        loop.register(socket).addListener(registered -> {
            if (!registered.isSuccess() || !prepare(socket)) {
                bound.fail(registered.isSuccess() ? new IOException("socket options") : registered.cause());
                return;
            }
            socket.bind(configured).addListener(done -> {
                if (done.isSuccess()) {
                    bound.complete(this);
                } else {
                    bound.fail(done.cause());
                }
            });
        });
        return bound.future().onFailure(cause -> close());
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

    /** Whether this is where a listener is to be; one with any port is known by its name. */
    boolean serves(ListenerConfig listener, InetSocketAddress where) {
        ListenerHandshakes now = handshakes;
        return socket.isOpen()
                && configured.equals(where)
                && (where.getPort() != 0 || (now != null && now.listener().equals(listener.name())));
    }

    /** Where it is bound. */
    InetSocketAddress address() {
        return new InetSocketAddress(configured.getAddress(), ((InetSocketAddress) socket.localAddress()).getPort());
    }

    /** Lets the clients that come from now on negotiate like this. */
    void serve(ListenerHandshakes terms) {
        boolean first = handshakes == null;
        handshakes = terms;
        if (first) {
            capacity.gate().add(socket);
            socket.eventLoop().execute(() -> capacity.gate().update(socket));
        }
    }

    void close() {
        socket.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel client = (Channel) message;
        ListenerHandshakes terms = handshakes;
        Listening.Desk desk = desks.get();
        if (failing) {
            failing = false;
            LOG.info("listener {}: accepting again", name());
        }
        if (desk == null || terms == null) {
            client.unsafe().closeForcibly();
            return;
        }
        Place place = capacity.enter();
        if (desk.loop().inEventLoop()) {
            desk.welcome(terms, client, place);
        } else {
            desk.loop().execute(() -> desk.welcome(terms, client, place));
        }
    }

    private String name() {
        ListenerHandshakes terms = handshakes;
        return terms == null ? String.valueOf(configured) : terms.listener();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn("listener {}: cannot accept, clients wait: {}", name(), cause.getMessage());
        }
        socket.config().setAutoRead(false);
        socket.eventLoop().schedule(() -> capacity.gate().update(socket), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
