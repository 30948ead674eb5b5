package io.socksgateway.core.relay.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.WrappedMessages;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.session.ByteCounts;

/**
 * The tunnels of one event loop, with what they share: a buffer and pipes, both made when they are first needed.
 *
 * <p>Confined to its event loop.
 */
public final class Tunnels {

    private final DataPath path;
    private final DeadlineWheel wheel;
    private IdleWatch.Limits limits;
    private final CopyBuffer buffer = new CopyBuffer();
    private final Pipes pipes;
    private final PathCounts counts = new PathCounts();

    /**
     * Tunnels that end when nothing moves for a while.
     *
     * @param idle milliseconds while both directions are open
     * @param halfClosed milliseconds once one has ended
     */
    public Tunnels(DataPath path, DeadlineWheel wheel, long idle, long halfClosed) {
        this.path = path;
        this.pipes = new Pipes(path.pipes());
        this.wheel = wheel;
        this.limits = new IdleWatch.Limits(idle, halfClosed);
    }

    /** Sets other limits, in milliseconds, for the tunnels that begin from now on. */
    public void limits(long idle, long halfClosed) {
        limits = new IdleWatch.Limits(idle, halfClosed);
    }

    /**
     * A tunnel between two channels of this event loop that do not read.
     *
     * @param owner the handler that has owned the client's channel so far: it is replaced
     * @param bytes where what moves is counted
     * @param allowance what may move
     */
    public Tunnel between(
            ChannelHandlerContext owner,
            Channel target,
            ByteCounts bytes,
            Allowance allowance,
            Tunnel.Listener listener) {
        Tunnel tunnel = new Tunnel(owner.channel(), target, wheel, limits, bytes, allowance, listener);
        boolean plain = isPlain(owner.channel()) && isPlain(target);
        tunnel.begin(NettyPath.between(owner, target, tunnel, plain ? path.nettyReads() : NettyPath.FOR_EVER, this));
        return tunnel;
    }

    /** Whether what is read from the kernel is what has to be relayed. */
    private static boolean isPlain(Channel channel) {
        return channel instanceof EpollSocketChannel
                && channel.pipeline().get(SslHandler.class) == null
                && channel.pipeline().get(WrappedMessages.class) == null;
    }

    /**
     * The tunnel's channels have left the selector.
     *
     * @param clientEnded the client's direction has ended, and the target was told
     * @param targetEnded the target's direction has ended, and the client was told
     */
    void detached(Tunnel tunnel, boolean clientEnded, boolean targetEnded) {
        new EpollPath(tunnel, this, clientEnded, targetEnded).start();
    }

    /** What they have moved. */
    public PathCounts counts() {
        return counts;
    }

    CopyBuffer buffer() {
        return buffer;
    }

    Pipes pipes() {
        return pipes;
    }

    /** Octets that a direction moves in large reads before it is spliced. */
    long copied() {
        return path.copied();
    }

    /** Gives the buffer and the pipes back; to be called when all tunnels have ended. */
    public void close() {
        buffer.close();
        pipes.close();
    }
}
