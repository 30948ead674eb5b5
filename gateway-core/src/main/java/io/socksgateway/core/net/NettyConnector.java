package io.socksgateway.core.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.session.Failure;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.List;

/**
 * Connects through Netty's channel: for the transports other than epoll. Tells refused from unreachable, but not the
 * network from the host.
 *
 * <p>Thread-safe.
 */
public final class NettyConnector implements Connector {

    private final ChannelFactory<? extends Channel> factory;

    private final EgressAddresses egress;

    public NettyConnector(ChannelFactory<? extends Channel> factory, EgressAddresses egress) {
        this.factory = factory;
        this.egress = egress;
    }

    @Override
    public Connector from(InetAddress source) {
        return new OneSource(source, new NettyConnector(factory, EgressAddresses.of(List.of(source))));
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress remote) {
        Promise<Channel> promise = loop.newPromise();
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channelFactory(factory)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new Preparation())
                .connect(remote, egress.localFor(remote.getAddress()));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                promise.tryFailure(failure(done.cause(), remote));
            } else if (!promise.trySuccess(connecting.channel())) {
                connecting.channel().close();
            }
        });
        promise.addListener(done -> {
            if (done.isCancelled()) {
                connecting.cancel(false);
            }
        });
        return promise;
    }

    private static ConnectFailure failure(Throwable cause, InetSocketAddress remote) {
        Failure kind;
        if (cause instanceof NoRouteToHostException) {
            kind = Failure.HOST_UNREACHABLE;
        } else {
            kind = cause instanceof ConnectException ? Failure.REFUSED : Failure.LOCAL;
        }
        return new ConnectFailure(kind, "connect to " + Endpoint.of(remote) + ": " + cause.getMessage());
    }

    /** Prepares the channel when it is registered, and leaves. */
    private static final class Preparation extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            Sockets.prepare(ctx.channel());
            ctx.pipeline().remove(this);
        }
    }
}
