package io.socksgateway.core.relay.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.session.ProtectionException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link NettyPath}: reads from its channel, writes to that of its peer.
 *
 * <p>Back-pressure: a channel is writable only while nothing waits in it ({@link Sockets#prepare}), and this side reads
 * only while its peer is writable. So at most one receive buffer waits for each direction.
 *
 * <p>Confined to its event loop.
 */
final class NettyEnd extends ChannelInboundHandlerAdapter {

    private final NettyPath path;
    private final Tunnel tunnel;
    private final Tunnel.End end;
    private @Nullable NettyEnd peer;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Intake intake;
    /** What the quotas have not let through yet. */
    private @Nullable ByteBuf held;
    /** All input was read, up to the FIN, but not all of it let through. */
    private boolean endIsHeld;
    /** The kernel has reported the end of input while reading was off. */
    private boolean endIsNear;
    /** All input was read, up to the FIN. */
    private boolean inputEnded;
    /** All output was written, and the FIN. */
    private boolean outputEnded;

    NettyEnd(NettyPath path, Tunnel.End end) {
        this.path = path;
        this.tunnel = path.tunnel();
        this.end = end;
    }

    void pairWith(NettyEnd other) {
        peer = other;
    }

    private NettyEnd peer() {
        if (peer == null) {
            throw new IllegalStateException("not paired");
        }
        return peer;
    }

    Channel channel() {
        return context().channel();
    }

    boolean isComplete() {
        return inputEnded && outputEnded;
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (tunnel.hasEnded() || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        pass(bytes);
        path.counted();
        if ((held != null || !peer().channel().isWritable()) && !mustReadOn()) {
            context.channel().config().setAutoRead(false);
        }
    }

    /** Forwards as much as the quotas have for it; the rest waits here. */
    void pass(ByteBuf bytes) {
        if (held != null) {
            held = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context().alloc(), held, bytes);
            return;
        }
        int octets = intake().take(bytes.readableBytes());
        if (octets == bytes.readableBytes()) {
            forward(bytes);
            return;
        }
        if (octets > 0) {
            forward(bytes.readRetainedSlice(octets));
        }
        held = bytes;
        intake().await(this::passHeld, tunnel::usedUp);
    }

    private void passHeld() {
        ByteBuf bytes = held;
        held = null;
        if (bytes == null) {
            return;
        }
        pass(bytes);
        if (held == null) {
            if (endIsHeld) {
                endInput();
            } else {
                resumeIfTaken();
                path.leaveSoon();
            }
        }
    }

    private Intake intake() {
        if (intake == null) {
            intake = new Intake(tunnel, end, channel().eventLoop());
        }
        return intake;
    }

    /**
     * Both directions of this side have ended, as far as the kernel is concerned: it would report the hang-up for ever.
     * What is still to come is in its receive buffer, all of it.
     */
    private boolean mustReadOn() {
        return endIsNear && outputEnded;
    }

    /** Counts octets of this side and writes them to the other. */
    private void forward(ByteBuf bytes) {
        tunnel.read(end, bytes.readableBytes());
        path.moved(bytes.readableBytes());
        ChannelHandlerContext other = peer().context();
        other.writeAndFlush(bytes, other.voidPromise());
    }

    /** Reads on if the peer has taken all that was read. */
    void resumeIfTaken() {
        if (!inputEnded && held == null && !path.isLeaving() && peer().channel().isWritable()) {
            channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!tunnel.hasEnded() && context.channel().isWritable()) {
            tunnel.written();
            peer().resumeIfTaken();
            path.leaveSoon();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            endInput();
        }
        context.fireUserEventTriggered(event);
    }

    private void endInput() {
        if (held != null) {
            endIsHeld = true;
        } else if (!inputEnded && !tunnel.hasEnded()) {
            inputEnded = true;
            tunnel.halfClosed(end);
            peer().endOutput();
            closeIfComplete();
        }
    }

    /** Sends the FIN behind all that waits to be written: shutting down earlier would drop it. */
    private void endOutput() {
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess() && !tunnel.hasEnded()) {
                Sockets.shutdownOutput(channel()).addListener(done -> outputEnded());
            }
        });
    }

    private void outputEnded() {
        outputEnded = true;
        if (mustReadOn() && !inputEnded) {
            channel().config().setAutoRead(true);
        }
        closeIfComplete();
        path.leaveSoon();
    }

    /** Also if the tunnel has ended: telling the other side may have completed both of them before this one is asked. */
    private void closeIfComplete() {
        if (isComplete()) {
            Sockets.close(channel());
            path.completed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ProtectionException) {
            tunnel.malformed(end);
        } else if (!PausableReads.isPaused(cause) || PausableReads.pendingError(context.channel()) != 0) {
            tunnel.broken(end);
        } else {
            endIsNear = true;
        }
    }

    /** Nothing waits to be written to this end, or to be let through from it, and no FIN is on its way. */
    boolean isQuiet() {
        boolean written = outputEnded
                ? peer().inputEnded
                : !peer().inputEnded && channel().isWritable();
        return written && held == null;
    }

    boolean inputEnded() {
        return inputEnded;
    }

    /** Leaves the pipeline, which will see no more octets. */
    void leave() {
        if (!context().isRemoved()) {
            context().pipeline().remove(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!isComplete()) {
            tunnel.broken(end);
        }
        context.fireChannelInactive();
    }
}
