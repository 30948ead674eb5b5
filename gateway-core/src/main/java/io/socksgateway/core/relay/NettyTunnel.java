package io.socksgateway.core.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.session.EndReason;

/**
 * A tunnel of two Netty channels: every buffer that one reads is written to the other.
 *
 * <p>Confined to its event loop.
 */
final class NettyTunnel implements Tunnel {

    private final TunnelSide client;
    private final TunnelSide target;
    private final DeadlineWheel wheel;
    private final IdleLimits limits;
    private final Listener listener;
    private final Deadline idle = Deadline.of(this::checkIdle);
    private long lastActive;
    private boolean halfClosed;
    private boolean ended;
    private EndReason firstEnd = EndReason.CLIENT_CLOSED;

    /**
     * How long nothing may move, in milliseconds.
     *
     * @param halfClosed once one direction has ended
     */
    record IdleLimits(long open, long halfClosed) {}

    private NettyTunnel(DeadlineWheel wheel, IdleLimits limits, Listener listener) {
        this.wheel = wheel;
        this.limits = limits;
        this.listener = listener;
        this.client = new TunnelSide(this, EndReason.CLIENT_CLOSED);
        this.target = new TunnelSide(this, EndReason.TARGET_CLOSED);
        client.pairWith(target);
        target.pairWith(client);
    }

    /**
     * A tunnel between two channels of one event loop that do not read.
     *
     * @param owner the handler that has owned the client's channel so far: it is replaced
     */
    static NettyTunnel between(
            ChannelHandlerContext owner,
            Channel targetChannel,
            DeadlineWheel wheel,
            IdleLimits limits,
            Listener listener) {
        NettyTunnel tunnel = new NettyTunnel(wheel, limits, listener);
        owner.pipeline().replace(owner.handler(), null, tunnel.client);
        targetChannel.pipeline().addLast(tunnel.target);
        return tunnel;
    }

    @Override
    public void start(ByteBuf early) {
        wheel.arm(idle, limits.open());
        lastActive = wheel.now();
        if (early.isReadable()) {
            client.forward(early);
        } else {
            early.release();
        }
        if (target.channel().isActive()) {
            client.resumeIfTaken();
            target.resumeIfTaken();
        } else {
            broken(target);
        }
    }

    @Override
    public void abort(EndReason reason) {
        if (!ended) {
            finish(reason);
            Sockets.close(client.channel());
            Sockets.close(target.channel());
        }
    }

    @Override
    public long bytesUp() {
        return client.bytesRead();
    }

    @Override
    public long bytesDown() {
        return target.bytesRead();
    }

    boolean hasEnded() {
        return ended;
    }

    void active() {
        lastActive = wheel.now();
    }

    /** One side has sent its FIN; the direction is not finished before the other side was told. */
    void halfClosed(TunnelSide side) {
        if (!halfClosed) {
            halfClosed = true;
            firstEnd = side.closedReason();
            active();
            wheel.arm(idle, limits.halfClosed());
        }
    }

    /** A side is complete in both directions, and closed. */
    void completed() {
        if (!ended && client.isComplete() && target.isComplete()) {
            finish(firstEnd);
        }
    }

    /** One side has ended out of order: the other one is told with RST. */
    void broken(TunnelSide side) {
        if (!ended) {
            finish(halfClosed ? firstEnd : side.closedReason());
            Sockets.close(side.channel());
            Sockets.reset(side.peer().channel());
        }
    }

    private void checkIdle() {
        long limit = halfClosed ? limits.halfClosed() : limits.open();
        long left = lastActive + limit - wheel.now();
        if (left > 0) {
            wheel.arm(idle, left);
        } else {
            abort(EndReason.IDLE);
        }
    }

    private void finish(EndReason reason) {
        ended = true;
        idle.cancel();
        listener.ended(reason);
    }
}
