package io.socksgateway.core.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.net.ssl.SSLException;

/**
 * Behind a TLS handler: makes it look like a plain connection.
 *
 * <ul>
 *   <li>While {@code autoRead} is off, nothing comes. The TLS handler gives away all records of a read at once, at most
 *       {@link io.socksgateway.core.net.PausableReads#MAX_READ} octets; the rest of them waits here.
 *   <li>The client's close_notify is its end of input, behind all that was before it. A FIN without one may be somebody
 *       else's, so it is an error (RFC 8446 section 6.1).
 *   <li>In TLS 1.2 close_notify ends both directions (RFC 5246 section 7.2.1): what is still written is an error.
 * </ul>
 *
 * <p>Confined to its event loop.
 */
final class DecryptedReads extends ChannelDuplexHandler {

    /** Stands in the queue for the end of input. */
    private static final Object END = new Object();

    private final SslHandler tls;
    private final Queue<Object> waiting = new ArrayDeque<>();
    private boolean ended;
    private boolean draining;

    DecryptedReads(SslHandler tls) {
        this.tls = tls;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!waiting.isEmpty() || !ctx.channel().config().isAutoRead()) {
            waiting.add(message);
        } else {
            give(ctx, message);
        }
    }

    /** Whoever turns {@code autoRead} on comes by here; not at once, as it may be in the middle of something. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (waiting.isEmpty()) {
            ctx.read();
        } else if (!draining) {
            draining = true;
            ctx.executor().execute(() -> drain(ctx));
        }
    }

    private void drain(ChannelHandlerContext ctx) {
        while (ctx.channel().config().isAutoRead() && !waiting.isEmpty()) {
            give(ctx, waiting.remove());
        }
        draining = false;
        if (ctx.channel().config().isAutoRead() && !ctx.isRemoved()) {
            ctx.read();
        }
    }

    private static void give(ChannelHandlerContext ctx, Object message) {
        if (message == END) {
            ctx.fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            ended = true;
            channelRead(ctx, END);
        } else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        } else if (!ended) {
            ctx.fireExceptionCaught(new SSLException("the connection ends without a close_notify"));
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean says = message instanceof ByteBuf octets && octets.isReadable();
        if (says && ended && tls.engine().isOutboundDone()) {
            ReferenceCountUtil.release(message);
            SslClosedEngineException closed = new SslClosedEngineException("closed by the client");
            promise.tryFailure(closed);
            ctx.fireExceptionCaught(closed);
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
