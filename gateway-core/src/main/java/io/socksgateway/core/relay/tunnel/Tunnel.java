package io.socksgateway.core.relay.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.session.ByteCounts;
import io.socksgateway.core.session.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * Two connected sockets and what has moved between them, from the first octet until both directions have ended: FIN is
 * passed on as FIN once all before it was, RST as RST. A side that does not read stops the other one after one receive
 * buffer.
 *
 * <p>How the octets move is the matter of a path, which may change on the way: {@link NettyPath} or {@link EpollPath}.
 * It reports here what happens; here is decided when the tunnel is over.
 *
 * <p>Confined to the event loop of both sockets.
 */
public final class Tunnel {

    private final Channel client;
    private final Channel target;
    private final IdleWatch idle;
    private final Listener listener;
    private @Nullable NettyPath beginning;
    private final ByteCounts bytes;
    private final Allowance allowance;
    private boolean halfClosed;
    private boolean ended;
    private EndReason firstEnd = EndReason.CLIENT_CLOSED;

    /** Hears of the end, once. */
    @FunctionalInterface
    public interface Listener {
        void ended(EndReason reason);
    }

    /** The two ends of a tunnel, as where octets come from. */
    enum End {
        CLIENT(EndReason.CLIENT_CLOSED),
        TARGET(EndReason.TARGET_CLOSED);

        private final EndReason closed;

        End(EndReason closed) {
            this.closed = closed;
        }

        End other() {
            return this == CLIENT ? TARGET : CLIENT;
        }
    }

    Tunnel(
            Channel client,
            Channel target,
            DeadlineWheel wheel,
            IdleWatch.Limits limits,
            ByteCounts bytes,
            Allowance allowance,
            Listener listener) {
        this.client = client;
        this.target = target;
        this.bytes = bytes;
        this.allowance = allowance;
        this.listener = listener;
        this.idle = new IdleWatch(wheel, limits, () -> abort(EndReason.IDLE));
    }

    void begin(NettyPath path) {
        beginning = path;
    }

    /**
     * Begins to relay.
     *
     * @param early octets for the target that the client has sent already; released here
     */
    public void start(ByteBuf early) {
        NettyPath path = beginning;
        beginning = null;
        if (path == null) {
            throw new IllegalStateException("started already");
        }
        idle.start();
        path.start(early);
    }

    /** Ends both connections at once. Does nothing if the tunnel has ended. */
    public void abort(EndReason reason) {
        if (!ended) {
            finish(reason);
            Sockets.close(client);
            Sockets.close(target);
        }
    }

    /** The same with RST both ways, so that no part of a transfer passes for the whole. */
    public void cut(EndReason reason) {
        if (!ended) {
            finish(reason);
            Sockets.reset(client);
            Sockets.reset(target);
        }
    }

    /** What it may move. */
    Allowance allowance() {
        return allowance;
    }

    /** The traffic that a quota allows is used up. */
    void usedUp() {
        cut(EndReason.QUOTA);
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isHalfClosed() {
        return halfClosed;
    }

    Channel channel(End end) {
        return end == End.CLIENT ? client : target;
    }

    /** Octets were taken from one end. */
    void read(End from, int octets) {
        if (from == End.CLIENT) {
            bytes.addUp(octets);
        } else {
            bytes.addDown(octets);
        }
        idle.active();
    }

    /** Octets that had to wait have moved on. */
    void written() {
        idle.active();
    }

    /** One end has sent its FIN; the direction is not finished before the other end was told. */
    void halfClosed(End end) {
        if (!halfClosed) {
            halfClosed = true;
            firstEnd = end.closed;
            idle.halfClosed();
        }
    }

    /** Both directions have ended in order, and all was delivered to the kernel. */
    void completed() {
        abort(firstEnd);
    }

    /** One end has ended out of order: the other one is told with RST. */
    void broken(End end) {
        if (!ended) {
            finish(halfClosed ? firstEnd : end.closed);
            Sockets.close(channel(end));
            Sockets.reset(channel(end.other()));
        }
    }

    /** One end has sent what it must not, and is told by those who have seen it. The other one is told with RST. */
    void malformed(End end) {
        if (!ended) {
            finish(EndReason.MALFORMED);
            Sockets.reset(channel(end.other()));
        }
    }

    private void finish(EndReason reason) {
        ended = true;
        idle.stop();
        listener.ended(reason);
    }
}
