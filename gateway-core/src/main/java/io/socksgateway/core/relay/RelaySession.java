package io.socksgateway.core.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.LingeringClose;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Replies;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.SocksVersion;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session from its hand-over to its end: resolve → check each address → dial → reply → tunnel → end. It has one ending,
 * which gives everything back.
 *
 * <p>Until the tunnel takes over this is the handler of the client's channel. Confined to its event loop.
 */
final class RelaySession extends ChannelInboundHandlerAdapter {

    private final RelayServices services;
    private final SessionInfo info;
    private final Channel client;
    private final EventLoop loop;
    private final DeadlineWheel wheel;
    private final Consumer<RelaySession> onEnd;
    private final Deadline connectDeadline = Deadline.of(() -> fail(Failure.TIMED_OUT));
    private ByteBuf early;
    private @Nullable Race race;
    private @Nullable Tunnel tunnel;
    private @Nullable String rule;
    private @Nullable InetSocketAddress dialled;
    private int replyCode = SessionRecord.NO_REPLY;
    private boolean ended;

    RelaySession(
            RelayServices services,
            OpenSession open,
            EventLoop loop,
            DeadlineWheel wheel,
            Consumer<RelaySession> onEnd) {
        this.services = services;
        this.info = open.session();
        this.client = open.client();
        this.early = open.early();
        this.loop = loop;
        this.wheel = wheel;
        this.onEnd = onEnd;
    }

    void start() {
        ChannelHandlerContext last = client.pipeline().lastContext();
        if (!client.isActive() || last == null) {
            end(EndReason.CLIENT_CLOSED);
            return;
        }
        client.pipeline().addBefore(last.name(), null, this); // the last one is the NetSocket's
        wheel.arm(connectDeadline, services.timeouts().connect());
        Endpoint destination = info.request().destination();
        if (destination.host() instanceof Host.Address address) {
            check(null, List.of(new InetSocketAddress(address.value(), destination.port())));
        } else {
            resolve(destination.host().toString(), destination.port());
        }
    }

    private void resolve(String name, int port) {
        services.names().resolveAll(loop, name, port).addListener((Future<List<InetSocketAddress>> resolved) -> {
            if (ended) {
                return;
            }
            if (resolved.isSuccess() && !resolved.getNow().isEmpty()) {
                check(name, resolved.getNow());
            } else {
                fail(resolved.cause() instanceof NameFailure known ? known.kind() : Failure.NAME_UNKNOWN);
            }
        });
    }

    /** The address that is dialled is one that was checked here, and no other. */
    private void check(@Nullable String name, List<InetSocketAddress> addresses) {
        Subject subject = info.subject();
        List<InetSocketAddress> allowed = new ArrayList<>(addresses.size());
        Verdict denial = null;
        for (InetSocketAddress address : addresses) {
            Verdict verdict = services.rules().decide(subject, name, address.getAddress(), address.getPort());
            if (verdict.allowed()) {
                allowed.add(address);
            } else if (denial == null) {
                denial = verdict;
            }
        }
        if (allowed.isEmpty()) {
            rule = denial == null ? null : denial.rule();
            fail(Failure.DENIED);
        } else {
            dial(name, allowed);
        }
    }

    private void dial(@Nullable String name, List<InetSocketAddress> addresses) {
        dialled(name, addresses.get(0));
        race = new Race(services.connector(), loop, wheel, addresses, new Race.Listener() {
            @Override
            public void connected(Channel target, InetSocketAddress address) {
                dialled(name, address);
                relay(target);
            }

            @Override
            public void failed(Failure failure, InetSocketAddress address) {
                dialled(name, address);
                fail(failure);
            }
        });
        race.start();
    }

    private void dialled(@Nullable String name, InetSocketAddress address) {
        if (!address.equals(dialled)) {
            dialled = address;
            rule = services.rules()
                    .decide(info.subject(), name, address.getAddress(), address.getPort())
                    .rule();
        }
    }

    private void relay(Channel target) {
        race = null;
        connectDeadline.cancel();
        ByteBuf reply = client.alloc().buffer();
        SocksVersion version = info.request().version();
        Replies.encode(version, Reply.SUCCEEDED, (InetSocketAddress) target.localAddress(), reply);
        replyCode = Reply.SUCCEEDED.code(version);
        ChannelHandlerContext ctx = client.pipeline().context(this);
        ctx.writeAndFlush(reply, ctx.voidPromise());
        NettyTunnel.IdleLimits limits = new NettyTunnel.IdleLimits(
                services.timeouts().idle(), services.timeouts().halfClosed());
        Tunnel started = NettyTunnel.between(ctx, target, wheel, limits, this::finish);
        tunnel = started;
        ByteBuf forTarget = early;
        early = Unpooled.EMPTY_BUFFER;
        started.start(forTarget);
    }

    private void fail(Failure failure) {
        ChannelHandlerContext ctx = client.pipeline().context(this);
        if (ended || ctx == null) {
            end(failure.reason());
            return;
        }
        ByteBuf reply = client.alloc().buffer();
        SocksVersion version = info.request().version();
        Replies.encode(version, failure.reply(), reply);
        replyCode = failure.reply().code(version);
        finish(failure.reason());
        LingeringClose.start(ctx, reply, wheel);
    }

    /** Ends the session from outside, with all its sockets. */
    void end(EndReason reason) {
        if (tunnel != null) {
            tunnel.abort(reason);
        } else {
            finish(reason);
            Sockets.close(client);
        }
    }

    private void finish(EndReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        connectDeadline.cancel();
        if (race != null) {
            race.cancel();
        }
        early.release();
        if (!info.quotas().isEmpty()) {
            services.quotas().release(info.id());
        }
        onEnd.accept(this);
        services.log().ended(record(reason));
    }

    private SessionRecord record(EndReason reason) {
        return new SessionRecord(
                info.id(),
                info.listener(),
                info.client(),
                info.identity().user(),
                info.command().toString(),
                info.request().destination(),
                dialled,
                rule,
                null,
                replyCode,
                reason,
                tunnel == null ? 0 : tunnel.bytesUp(),
                tunnel == null ? 0 : tunnel.bytesDown(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - info.startNanos()));
    }

    /** What was on its way when reading was stopped; the next octets stay in the kernel. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && !ended) {
            early = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), early, bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(EndReason.CLIENT_CLOSED);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!PausableReads.isPaused(cause) || PausableReads.pendingError(ctx.channel()) != 0) {
            Sockets.close(client);
        }
    }
}
