package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.LoopBound;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.session.HandshakePolicy;
import io.socksgateway.core.session.Socks4Login;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Method;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts clients on every listener and negotiates with them, up to the hand-over to the relay of the same event loop.
 * The instances of a node share the listening sockets.
 */
public final class TcpHandshakeVerticle extends VerticleBase implements LoopBound {

    private static final int BACKLOG = 4_096;

    private final List<ListenerConfig> listeners;
    private final HandshakeServices services;
    private final List<NetServer> servers = new ArrayList<>();
    private @Nullable DeadlineWheel wheel;

    public TcpHandshakeVerticle(List<ListenerConfig> listeners, HandshakeServices services) {
        this.listeners = List.copyOf(listeners);
        this.services = services;
    }

    @Override
    public Future<?> start() {
        wheel = new DeadlineWheel(loop());
        List<Future<?>> listening = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            listening.add(listen(i, listeners.get(i)));
        }
        return Future.all(listening);
    }

    private Future<?> listen(int index, ListenerConfig listener) {
        ListenerHandshakes handshakes = new ListenerHandshakes(listener.name(), policy(listener), services);
        NetServer server = vertx.createNetServer(
                        new NetServerOptions().setAcceptBacklog(BACKLOG).setTcpKeepAlive(true))
                .connectHandler(socket -> accept(socket, handshakes));
        servers.add(server);
        // A free port is asked for by a negative number, the same on all instances: so that they share what they get.
        int port = listener.port() == 0 ? -1 - index : listener.port();
        return vertx.executeBlocking(() -> InetAddress.getByName(listener.host()))
                .compose(host -> server.listen(port, Addresses.format(host)).onSuccess(bound -> services.ownListeners()
                        .add(listener.name(), new InetSocketAddress(host, bound.actualPort()))))
                .recover(cause -> Future.failedFuture(new ListenFailure(listener, cause)));
    }

    private static HandshakePolicy policy(ListenerConfig listener) {
        List<Integer> methods = new ArrayList<>();
        Socks4Login socks4 = Socks4Login.IMPOSSIBLE;
        for (String method : listener.auth()) {
            boolean first = socks4 == Socks4Login.IMPOSSIBLE;
            switch (method) {
                case ListenerConfig.NONE -> {
                    methods.add(Method.NONE);
                    socks4 = first ? Socks4Login.ANONYMOUS : socks4;
                }
                case ListenerConfig.IDENTD -> socks4 = first ? Socks4Login.IDENTD : socks4;
                case ListenerConfig.USERPASS -> methods.add(Method.USERPASS);
                default -> throw new IllegalArgumentException("auth: " + method);
            }
        }
        return new HandshakePolicy(listener.protocols(), methods, socks4, EnumSet.allOf(Command.class));
    }

    private void accept(NetSocket socket, ListenerHandshakes handshakes) {
        ChannelHandlerContext last = ((NetSocketInternal) socket).channelHandlerContext();
        Channel channel = last.channel();
        if (wheel == null || !(channel.remoteAddress() instanceof InetSocketAddress)) {
            Sockets.close(channel); // gone before it was accepted
            return;
        }
        Sockets.prepare(channel);
        ClientConnection connection = new ClientConnection(handshakes, channel, (ContextInternal) context, wheel);
        channel.pipeline().addBefore(last.name(), null, connection);
    }

    @Override
    public EventLoop loop() {
        return ((ContextInternal) context).nettyEventLoop();
    }

    /**
     * Stops accepting and lets the connections run on, for at most so many milliseconds.
     *
     * @return succeeds when they have ended or were closed
     */
    public Future<Void> drain(long millis) {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(v -> Future.all(servers.stream()
                        .map(server -> server.shutdown(millis, TimeUnit.MILLISECONDS))
                        .toList())
                .<Void>mapEmpty()
                .onComplete(drained));
        return drained.future();
    }
}
