package io.socksgateway.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.session.Encapsulation;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.GssFrameCodec;

/**
 * Makes the connection of a client that wraps its messages (RFC 1961) look like a plain one to the handlers behind: they
 * read what was in the messages, and what they write is wrapped.
 *
 * <ul>
 *   <li>While {@code autoRead} is off, nothing comes: what the kernel has given already waits here, still wrapped. That is
 *       at most {@link PausableReads#MAX_READ} octets and a message that is not complete.
 *   <li>The end of input comes behind all that was before it; in the middle of a message it is an error.
 *   <li>A message that is not what it should be ends the connection, with the abort of the RFC as the last word. The
 *       handlers behind hear of it as a {@link ProtectionException}, and leave the connection alone from then on.
 * </ul>
 *
 * <p>Confined to its event loop.
 */
public final class WrappedMessages extends ChannelDuplexHandler {

    private final Encapsulation encapsulation;
    private final DeadlineWheel wheel;
    private ByteBuf input;
    private boolean inputEnded;
    private boolean draining;

    private WrappedMessages(Encapsulation encapsulation, DeadlineWheel wheel, ByteBuf input) {
        this.encapsulation = encapsulation;
        this.wheel = wheel;
        this.input = input;
    }

    /**
     * Begins to wrap and unwrap.
     *
     * @param owner the handler that owns the connection: the first one behind
     * @param input what was read already; released here
     */
    public static void begin(
            ChannelHandlerContext owner, Encapsulation encapsulation, DeadlineWheel wheel, ByteBuf input) {
        owner.pipeline().addBefore(owner.name(), null, new WrappedMessages(encapsulation, wheel, input));
    }

    /** Not at once, as whoever adds it may be in the middle of something. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        drainSoon(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf octets) {
            input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, octets);
            deliver(ctx);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            inputEnded = true;
            deliver(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** Whoever turns {@code autoRead} on comes by here. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (inputEnded || GssFrameCodec.isComplete(input)) {
            drainSoon(ctx);
        } else {
            ctx.read();
        }
    }

    private void drainSoon(ChannelHandlerContext ctx) {
        if (!draining) {
            draining = true;
            ctx.executor().execute(() -> {
                draining = false;
                deliver(ctx);
                if (!ctx.isRemoved() && ctx.channel().config().isAutoRead() && !inputEnded) {
                    ctx.read();
                }
            });
        }
    }

    private void deliver(ChannelHandlerContext ctx) {
        try {
            while (ctx.channel().config().isAutoRead() && !ctx.isRemoved()) {
                Decoded<byte[]> next = encapsulation.next(input);
                if (next instanceof Decoded.Malformed<byte[]> malformed) {
                    throw new ProtectionException("not an encapsulated message: " + malformed.defect());
                } else if (next instanceof Decoded.Complete<byte[]> complete) {
                    if (complete.value().length > 0) {
                        ctx.fireChannelRead(Unpooled.wrappedBuffer(complete.value()));
                    }
                } else {
                    endIfDue(ctx);
                    return;
                }
            }
        } catch (ProtectionException e) {
            abort(ctx, e);
        }
    }

    private void endIfDue(ChannelHandlerContext ctx) throws ProtectionException {
        if (inputEnded && input.isReadable()) {
            throw new ProtectionException("the connection ends in the middle of a message");
        } else if (inputEnded) {
            ctx.fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf octets) || !octets.isReadable()) {
            ctx.write(message, promise);
            return;
        }
        ByteBuf sealed;
        try {
            sealed = encapsulation.seal(octets, ctx.alloc());
        } catch (ProtectionException e) {
            promise.tryFailure(e);
            abort(ctx, e);
            return;
        } finally {
            ReferenceCountUtil.release(octets);
        }
        ctx.write(sealed, promise);
    }

    private void abort(ChannelHandlerContext ctx, ProtectionException why) {
        ctx.fireExceptionCaught(why);
        if (!ctx.isRemoved() && ctx.channel().isActive()) {
            ByteBuf last = ctx.alloc().buffer(2);
            GssFrameCodec.encodeAbort(last);
            LingeringClose.start(ctx, last, wheel);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }
}
