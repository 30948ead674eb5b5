package io.socksgateway.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection so that a last message arrives: flush, FIN, then wait for the peer's FIN while dropping what it still
 * sends. A socket that is closed with unread input answers with RST, and that takes the last message away from a peer
 * that has not read it yet.
 *
 * <p>Ends in any case after 2 seconds or 1 MiB of dropped input. Confined to its event loop.
 */
public final class LingeringClose extends ChannelInboundHandlerAdapter {

    private static final long LIMIT_MILLIS = 2_000;
    private static final long LIMIT_BYTES = 1 << 20;

    private final Deadline deadline;
    private long dropped;

    private LingeringClose(Channel channel) {
        this.deadline = Deadline.of(() -> Sockets.close(channel));
    }

    /**
     * Takes the connection over from a handler, which is replaced.
     *
     * @param handler the handler that owned the connection so far
     * @param last the last message; released here
     */
    public static void start(ChannelHandlerContext handler, ByteBuf last, DeadlineWheel wheel) {
        Channel channel = handler.channel();
        if (!channel.isActive()) {
            last.release();
            return;
        }
        LingeringClose lingering = new LingeringClose(channel);
        wheel.arm(lingering.deadline, LIMIT_MILLIS);
        channel.pipeline().replace(handler.handler(), null, lingering);
        ChannelHandlerContext ctx = channel.pipeline().context(lingering);
        ctx.writeAndFlush(last, ctx.voidPromise());
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess() && channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
                Sockets.shutdownOutput(channel).addListener(finished -> {
                    if (!finished.isSuccess()) {
                        ctx.close();
                    }
                });
            } else {
                ctx.close();
            }
        });
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            dropped += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (dropped > LIMIT_BYTES) {
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!PausableReads.isPaused(cause)) {
            ctx.close();
        }
    }
}
