package io.socksgateway.core.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.LingeringClose;
import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.net.WrappedMessages;
import io.socksgateway.core.session.Encapsulation;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.Handshake;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.session.Step;
import io.socksgateway.core.wire.ProxyHeader;
import io.socksgateway.core.wire.SocksRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client from accept to hand-over: feeds the {@link Handshake} and asks whom it wants asked. While a question is open
 * nothing is read; what has come in already waits in {@code input}.
 *
 * <p>Confined to its event loop.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final HandshakeServices services;
    private final RefusalLog refusals;
    private final String listener;
    private final Channel channel;
    private final ContextInternal context;
    private final DeadlineWheel wheel;
    private final Place place;
    private InetSocketAddress client;
    /** Our end of the client's connection, or the balancer's port. */
    private InetSocketAddress reached;

    private final String id;
    private final long startNanos = System.nanoTime();
    private final Handshake handshake;
    private final Deadline deadline = Deadline.of(() -> abort(EndReason.TIMEOUT));
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private boolean heard;
    private boolean waiting;
    private boolean handedOver;
    private boolean ended;
    /** How long the authenticators took. */
    private long authNanos;

    private @Nullable GssExchange gss;
    private @Nullable Encapsulation encapsulation;
    private @Nullable Admission admission;

    ClientConnection(
            ListenerHandshakes handshakes, Channel channel, ContextInternal context, DeadlineWheel wheel, Place place) {
        this.services = handshakes.services();
        this.refusals = handshakes.refusals();
        this.listener = handshakes.listener();
        this.channel = channel;
        this.context = context;
        this.wheel = wheel;
        this.place = place;
        this.client = (InetSocketAddress) channel.remoteAddress();
        this.reached = (InetSocketAddress) channel.localAddress();
        this.id = services.ids().next();
        this.handshake = new Handshake(handshakes.policy());
        wheel.arm(deadline, services.timeouts().handshake());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (handedOver) {
            ctx.fireChannelRead(message);
        } else if (ended || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
        } else {
            heard = true;
            input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, bytes);
            if (!waiting) {
                ByteBuf out = ctx.alloc().buffer();
                take(handshake.advance(input, out), out);
            }
        }
    }

    /** Sends what the handshake has written, and does what it wants. */
    private void take(Step step, ByteBuf out) {
        if (step instanceof Step.End end) {
            end(end, out);
            return;
        }
        if (out.isReadable()) {
            ChannelHandlerContext ctx = own();
            ctx.writeAndFlush(out, ctx.voidPromise());
        } else {
            out.release();
        }
        if (step instanceof Step.Authenticate authenticate) {
            stopReading();
            context.dispatch(authenticate.credentials(), new PasswordExchange(this, services)::ask);
        } else if (step instanceof Step.AcceptToken accept) {
            stopReading();
            gss = gss == null ? new GssExchange(this, services) : gss;
            context.dispatch(accept.token(), gss::accept);
        } else if (step instanceof Step.Exchange exchange) {
            stopReading();
            context.dispatch(exchange, new PluginExchange(this, services)::ask);
        } else if (step instanceof Step.Identify identify) {
            stopReading();
            deadline.cancel(); // the request is complete
            IdentExchange identd = new IdentExchange(this, services.auth(), reached);
            context.dispatch(identify.userId(), identd::ask);
        } else if (step instanceof Step.Open open) {
            stopReading();
            deadline.cancel(); // the client has said it all; whoever is asked now has a timeout of their own
            services.events().negotiated(System.nanoTime() - startNanos - authNanos);
            admission = new Admission(this, services, open, handshake.identity());
            context.dispatch(admission, Admission::start);
        } else {
            if (step instanceof Step.Protect protect) {
                encapsulation = protect.encapsulation();
                WrappedMessages.begin(own(), protect.encapsulation(), wheel, input);
                input = Unpooled.EMPTY_BUFFER;
            }
            readOn();
        }
    }

    private void readOn() {
        if (waiting) {
            waiting = false;
            channel.config().setAutoRead(true);
        }
    }

    private void stopReading() {
        waiting = true;
        channel.config().setAutoRead(false);
    }

    /** Waits for an answer, for as long as there is a client to give it to; the time is not the client's. */
    <T> void ask(Future<T> answer, Consumer<AsyncResult<T>> then) {
        long left = Math.max(0, services.timeouts().handshake() - elapsedMillis());
        wheel.arm(deadline, left + services.timeouts().auth());
        long asked = System.nanoTime();
        answer.onComplete(result -> {
            authNanos += System.nanoTime() - asked;
            if (!ended) {
                wheel.arm(deadline, left);
                then.accept(result);
            }
        });
    }

    /** What an answer makes of the handshake. */
    interface Continuation {
        Step apply(Handshake handshake, ByteBuf in, ByteBuf out);
    }

    /** Goes on with an answer. */
    void goOn(Continuation continuation) {
        ByteBuf out = channel.alloc().buffer();
        take(continuation.apply(handshake, input, out), out);
    }

    String id() {
        return id;
    }

    String listener() {
        return listener;
    }

    InetSocketAddress client() {
        return client;
    }

    Channel channel() {
        return channel;
    }

    /** How the client wraps its messages, if it does. */
    @Nullable
    Encapsulation encapsulation() {
        return encapsulation;
    }

    Place place() {
        return place;
    }

    long startNanos() {
        return startNanos;
    }

    boolean hasEnded() {
        return ended;
    }

    /** A balancer has passed the connection on; the client's identd knows it by the balancer's port. */
    void comesFrom(ProxyHeader header) {
        LOG.debug("{} through {} from {}", id, Endpoint.of(client), Endpoint.of(header.client()));
        client = header.client();
        reached = new InetSocketAddress(reached.getAddress(), header.reached().getPort());
    }

    /** Gives the input away; from here on events pass this handler by. */
    ByteBuf handOver() {
        handedOver = true;
        deadline.cancel();
        return input;
    }

    /** The relay has taken over. */
    void handedOver() {
        ended = true;
        input = Unpooled.EMPTY_BUFFER;
        if (channel.pipeline().context(this) != null) { // the connection may have ended already
            channel.pipeline().remove(this);
        }
    }

    /** The request is refused, also if the hand-over has failed. */
    void refuse(Failure failure) {
        handedOver = false;
        if (channel.isActive()) {
            ByteBuf out = channel.alloc().buffer();
            take(handshake.refused(failure, out), out);
        } else {
            finish(EndReason.CLIENT_CLOSED, SessionRecord.NO_REPLY);
        }
    }

    /** Ends without a word. */
    void abort(EndReason reason) {
        finish(reason, SessionRecord.NO_REPLY);
        Sockets.close(channel);
    }

    /** Tells why the client is not let in. */
    void refused(Logger log, String why) {
        refusals.write(log, id + " " + why);
    }

    /** What came instead of TLS may be credentials, and is in that exception's message. */
    private void tlsFailed(SSLException failure) {
        String why =
                failure instanceof NotSslRecordException ? "this is not TLS" : String.valueOf(failure.getMessage());
        refused(
                LOG,
                "TLS with " + Endpoint.of(client) + " at " + listener + " failed: "
                        + why.replaceAll("\\p{Cntrl}", "?"));
        finish(EndReason.TLS_FAILED, SessionRecord.NO_REPLY);
    }

    private void end(Step.End end, ByteBuf out) {
        ChannelHandlerContext ctx = own();
        finish(end.reason(), end.replyCode());
        if (out.isReadable()) {
            LingeringClose.start(ctx, out, wheel);
        } else {
            out.release();
            Sockets.close(channel);
        }
    }

    private void finish(EndReason reason, int replyCode) {
        if (ended) {
            return;
        }
        ended = true;
        deadline.cancel();
        input.release();
        SocksRequest request = handshake.request();
        services.log()
                .ended(new SessionRecord(
                        id,
                        listener,
                        client,
                        handshake.identity().user(),
                        admission == null ? null : admission.command().toString(),
                        request == null ? null : request.destination(),
                        null,
                        admission == null ? null : admission.rule(),
                        admission == null ? null : admission.refusingQuota(),
                        replyCode,
                        reason,
                        0,
                        0,
                        elapsedMillis()));
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private ChannelHandlerContext own() {
        return channel.pipeline().context(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE && !handedOver) {
            ctx.close(); // it will not say the rest any more
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!handedOver) {
            if (heard) {
                finish(EndReason.CLIENT_CLOSED, SessionRecord.NO_REPLY);
            } else if (!ended) { // a balancer's health check, or a port scan: no session
                LOG.debug("{} {} said nothing", id, Endpoint.of(client));
                ended = true;
                deadline.cancel();
            }
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ProtectionException && !handedOver) { // those who have seen it end the connection
            refused(LOG, "message of " + Endpoint.of(client) + " refused: " + cause.getMessage());
            finish(EndReason.MALFORMED, SessionRecord.NO_REPLY);
            return;
        }
        // also while it is being handed over: there may be nobody behind us yet
        if (!PausableReads.isPaused(cause) || PausableReads.pendingError(channel) != 0) {
            if (cause.getCause() instanceof SSLException failure && !handedOver) {
                tlsFailed(failure);
            }
            ctx.close();
        }
    }
}
