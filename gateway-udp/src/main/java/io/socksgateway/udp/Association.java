package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.Expiry;
import io.socksgateway.core.net.LingeringClose;
import io.socksgateway.core.net.LocalRoute;
import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.session.ByteCounts;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Replies;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.SocksVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A session of UDP ASSOCIATE from its hand-over to its end: relay socket → reply → datagrams → end. It has one ending,
 * which gives everything back.
 *
 * <p>It ends with the client's connection (RFC 1928 section 6), be that by FIN or RST: a client that has sent its FIN has
 * ended the association. What else it sends there is dropped, and too much of it is an error.
 *
 * <p>The handler of the client's connection. Confined to its event loop.
 */
final class Association extends ChannelInboundHandlerAdapter implements LiveSession {

    private static final SparseLog NO_SOCKET =
            new SparseLog(LoggerFactory.getLogger(Association.class), System::nanoTime);

    /** The longest that an association is kept which has asked DNS servers only, in milliseconds. */
    private static final long DNS_IDLE = 15_000;

    /** What a client may send over its connection, which has no meaning there, in octets. */
    private static final long MAX_CHATTER = 1 << 20;

    private final UdpServices services;
    private final SessionInfo info;
    private final Channel client;
    private final LoopResources resources;
    private final Consumer<Association> onEnd;
    private final Traffic traffic;
    private final ClientPort datagrams;
    private final Deadline idle = Deadline.of(this::checkIdle);
    private @Nullable Expiry expiry;
    private @Nullable InetSocketAddress bound;
    private int replyCode = SessionRecord.NO_REPLY;
    private long chatter;
    private boolean ended;

    Association(UdpServices services, OpenSession open, LoopResources resources, Consumer<Association> onEnd) {
        this.services = services;
        this.info = open.session();
        this.client = open.client();
        this.resources = resources;
        this.onEnd = onEnd;
        this.chatter = open.early().readableBytes();
        open.early().release();
        resources.wheel().arm(idle, nextCheck(services.config().idleTimeout()));
        this.traffic = new Traffic(resources.wheel(), info.allowance(), this::usedUp);
        ClientSender sender = new ClientSender(
                info.client().getAddress(), info.request().destination().port());
        InetAddress source = info.identity().egress();
        UdpServices own = source == null ? services : services.from(source);
        this.datagrams =
                new ClientPort(own, resources, sender, Wrapping.of(open.encapsulation()), info.subject(), traffic);
    }

    void start() {
        services.live().opened(this);
        expiry = Expiry.watch(this, resources.wheel());
        if (!client.isActive()) {
            endNow(EndReason.CLIENT_CLOSED);
            return;
        }
        client.pipeline().addLast(this);
        try {
            InetAddress local = facingClient();
            DatagramPort port = services.ports().open(local, number -> services.sockets()
                    .open(resources, new InetSocketAddress(local, number), datagrams));
            bound = (InetSocketAddress) port.channel().localAddress();
            datagrams.opened(port);
            succeed(bound);
            services.live().established(this);
        } catch (IOException e) {
            NO_SOCKET.warn(info.id() + " no relay socket: " + e.getMessage());
            fail(Failure.LOCAL);
        }
    }

    /** The address that the client has reached; behind a balancer, which may be inside, the one that our answers leave from. */
    private InetAddress facingClient() throws IOException {
        return info.client().equals(client.remoteAddress())
                ? ((InetSocketAddress) client.localAddress()).getAddress()
                : LocalRoute.addressFor(info.client().getAddress());
    }

    private void succeed(InetSocketAddress address) {
        InetAddress advertised = services.config().advertise();
        boolean reachable = advertised != null
                && advertised.getClass() == address.getAddress().getClass();
        InetSocketAddress told = reachable ? new InetSocketAddress(advertised, address.getPort()) : address;
        ByteBuf reply = client.alloc().buffer();
        Replies.encode(SocksVersion.SOCKS5, Reply.SUCCEEDED, told, reply);
        replyCode = Reply.SUCCEEDED.code(SocksVersion.SOCKS5);
        ChannelHandlerContext ctx = client.pipeline().context(this);
        ctx.writeAndFlush(reply, ctx.voidPromise());
        client.config().setAutoRead(true);
    }

    private void fail(Failure failure) {
        ByteBuf reply = client.alloc().buffer();
        Replies.encode(SocksVersion.SOCKS5, failure.reply(), reply);
        replyCode = failure.reply().code(SocksVersion.SOCKS5);
        ChannelHandlerContext ctx = client.pipeline().context(this);
        finish(failure.reason());
        LingeringClose.start(ctx, reply, resources.wheel());
    }

    private void checkIdle() {
        long limit = services.config().idleTimeout();
        if (traffic.onlyDns()) {
            limit = Math.min(limit, DNS_IDLE);
        }
        long left = traffic.lastActive() + limit - resources.wheel().now();
        if (left > 0) {
            resources.wheel().arm(idle, nextCheck(left));
        } else {
            endNow(EndReason.IDLE);
        }
    }

    /** Looks again soon enough to see that the shorter limit has begun to apply. */
    private static long nextCheck(long left) {
        return Math.min(left, DNS_IDLE);
    }

    /** Ends the association with all its sockets. */
    void endNow(EndReason reason) {
        finish(reason);
        Sockets.close(client);
    }

    /** Not in the middle of a batch. */
    private void usedUp() {
        end(EndReason.QUOTA);
    }

    private void finish(EndReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        idle.cancel();
        if (expiry != null) {
            expiry.cancel();
        }
        datagrams.close();
        if (bound != null) {
            services.ports().free(bound.getAddress(), bound.getPort());
        }
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
        return State.OPEN;
    }

    @Override
    public @Nullable InetSocketAddress dialled() {
        Target latest = traffic.latest();
        return latest == null ? null : latest.address();
    }

    @Override
    public @Nullable String rule() {
        return traffic.rule();
    }

    @Override
    public ByteCounts bytes() {
        return traffic.bytes();
    }

    @Override
    public void end(EndReason reason) {
        client.eventLoop().execute(() -> {
            if (!ended) {
                finish(reason);
                Sockets.reset(client);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            chatter += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (chatter > MAX_CHATTER) {
            endNow(EndReason.MALFORMED);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            endNow(EndReason.CLIENT_CLOSED);
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
        if (cause instanceof ProtectionException) { // those who have seen it end the connection
            finish(EndReason.MALFORMED);
        } else if (!PausableReads.isPaused(cause) || PausableReads.pendingError(ctx.channel()) != 0) {
            endNow(EndReason.CLIENT_CLOSED);
        }
    }
}
