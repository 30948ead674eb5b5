package io.socksgateway.core.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.Expiry;
import io.socksgateway.core.net.LingeringClose;
import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.relay.tunnel.Tunnel;
import io.socksgateway.core.relay.tunnel.Tunnels;
import io.socksgateway.core.session.ByteCounts;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Replies;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.SocksVersion;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session from its hand-over to its end: opening → reply → tunnel → end. It has one ending, which gives everything
 * back.
 *
 * <p>Until the tunnel takes over this is the handler of the client's channel. Confined to its event loop.
 */
final class RelaySession extends ChannelInboundHandlerAdapter implements Opening.Session, LiveSession {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySession.class);

    private final RelayServices services;
    private final SessionInfo info;
    private final Channel client;
    private final EventLoop loop;
    private final DeadlineWheel wheel;
    private final Tunnels tunnels;
    private final Consumer<RelaySession> onEnd;
    private final ByteCounts bytes = new ByteCounts();
    private Opening opening;
    private @Nullable Expiry expiry;
    private ByteBuf early;
    /** This and the next two are written by the event loop only. */
    private volatile @Nullable Tunnel tunnel;

    private volatile @Nullable String rule;
    private volatile @Nullable InetSocketAddress reached;
    private int replyCode = SessionRecord.NO_REPLY;
    private boolean ended;

    RelaySession(
            RelayServices services,
            OpenSession open,
            EventLoop loop,
            DeadlineWheel wheel,
            Tunnels tunnels,
            Consumer<RelaySession> onEnd) {
        this.services = services;
        this.info = open.session();
        this.client = open.client();
        this.loop = loop;
        this.early = open.early();
        this.wheel = wheel;
        this.tunnels = tunnels;
        this.onEnd = onEnd;
        this.opening = info.command() == Command.BIND
                ? new BindOpening(services, info, client, loop, wheel, this)
                : new ConnectOpening(services, info, loop, wheel, this);
    }

    void start() {
        services.live().opened(this);
        expiry = Expiry.watch(this, wheel);
        if (!client.isActive()) {
            endNow(EndReason.CLIENT_CLOSED);
            return;
        }
        client.pipeline().addLast(this);
        opening.start();
    }

    @Override
    public void reaches(InetSocketAddress address, @Nullable String byRule) {
        reached = address;
        rule = byRule;
    }

    @Override
    public void denied(@Nullable String byRule) {
        rule = byRule;
        failed(Failure.DENIED);
    }

    @Override
    public void announce(InetSocketAddress bound) {
        ChannelHandlerContext ctx = client.pipeline().context(this);
        if (ctx != null) {
            succeed(ctx, bound);
        }
    }

    @Override
    public void opened(Channel peer, InetSocketAddress told) {
        ChannelHandlerContext ctx = client.pipeline().context(this);
        if (ended || ctx == null) {
            Sockets.reset(peer);
            return;
        }
        opening = Opening.DONE;
        try {
            relay(ctx, peer, told);
        } catch (Throwable e) { // also of memory; who tells us of the peer would swallow it, and nobody end the session
            LOG.error("{} cannot relay", info.id(), e);
            cut(EndReason.ERROR);
            Sockets.reset(peer);
        }
    }

    private void relay(ChannelHandlerContext ctx, Channel peer, InetSocketAddress told) {
        succeed(ctx, told);
        Tunnel started = tunnels.between(ctx, peer, bytes, info.allowance(), this::finish);
        tunnel = started;
        services.live().established(this);
        ByteBuf forPeer = early;
        early = Unpooled.EMPTY_BUFFER;
        started.start(forPeer);
    }

    private void succeed(ChannelHandlerContext ctx, InetSocketAddress bound) {
        ByteBuf reply = ctx.alloc().buffer();
        SocksVersion version = info.request().version();
        Replies.encode(version, Reply.SUCCEEDED, bound, reply);
        replyCode = Reply.SUCCEEDED.code(version);
        ctx.writeAndFlush(reply, ctx.voidPromise());
    }

    @Override
    public void failed(Failure failure) {
        ChannelHandlerContext ctx = client.pipeline().context(this);
        if (ended || ctx == null) {
            endNow(failure.reason());
            return;
        }
        SocksVersion version = info.request().version();
        replyCode = failure.reply().code(version);
        finish(failure.reason());
        try {
            ByteBuf reply = ctx.alloc().buffer();
            Replies.encode(version, failure.reply(), reply);
            LingeringClose.start(ctx, reply, wheel);
        } catch (Throwable e) { // no memory for a reply, for instance
            LOG.error("{} cannot reply", info.id(), e);
            Sockets.reset(client);
        }
    }

    @Override
    public void abandoned() {
        endNow(EndReason.CLIENT_CLOSED);
    }

    /** Ends the session from outside, with all its sockets. */
    void endNow(EndReason reason) {
        Tunnel running = tunnel;
        if (running != null) {
            running.abort(reason);
        } else {
            finish(reason);
            Sockets.close(client);
        }
    }

    private void cut(EndReason reason) {
        Tunnel running = tunnel;
        if (running != null) {
            running.cut(reason);
        } else if (!ended) {
            finish(reason);
            Sockets.reset(client);
        }
    }

    private void finish(EndReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        opening.cancel();
        if (expiry != null) {
            expiry.cancel();
        }
        early.release();
        if (!info.quotas().isEmpty()) {
            services.quotas().release(info.id());
        }
        services.live().ended(this);
        onEnd.accept(this);
        services.log().ended(SessionRecord.of(this, replyCode, reason, System.nanoTime()));
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public State state() {
        return tunnel == null ? State.OPENING : State.OPEN;
    }

    @Override
    public @Nullable InetSocketAddress dialled() {
        return reached;
    }

    @Override
    public @Nullable String rule() {
        return rule;
    }

    @Override
    public ByteCounts bytes() {
        return bytes;
    }

    @Override
    public void end(EndReason reason) {
        loop.execute(() -> cut(reason));
    }

    /** For the other end, which is not there yet. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && !ended) {
            early = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), early, bytes);
            if (early.readableBytes() >= PausableReads.MAX_READ) {
                client.config().setAutoRead(false);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE && !ended) {
            opening.clientFinished(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(EndReason.CLIENT_CLOSED);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ProtectionException) {
            finish(EndReason.MALFORMED);
        } else if (!PausableReads.isPaused(cause) || PausableReads.pendingError(ctx.channel()) != 0) {
            Sockets.close(client);
        } else if (!ended) {
            opening.clientFinished(ctx);
        }
    }
}
