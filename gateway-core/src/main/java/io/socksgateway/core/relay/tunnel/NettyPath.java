package io.socksgateway.core.relay.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/**
 * Two Netty pipelines: every buffer that one channel reads is written to the other. It serves any channel, also one with
 * TLS.
 *
 * <p>After a number of reads it hands plain sockets over to {@link EpollPath}, at a moment when nothing waits to be
 * written: both channels leave Netty's selector then. Nothing is held up to bring that moment about, as one direction
 * must never have to wait for the other.
 *
 * <p>Confined to its event loop.
 */
final class NettyPath {

    /** Reads after which a tunnel leaves that never does. */
    static final int FOR_EVER = Integer.MAX_VALUE;

    private final Tunnel tunnel;
    private final NettyEnd client;
    private final NettyEnd target;
    private final Tunnels tunnels;
    private int readsLeft;
    private boolean looking;
    private boolean leaving;

    private NettyPath(Tunnel tunnel, int reads, Tunnels tunnels) {
        this.tunnel = tunnel;
        this.readsLeft = reads;
        this.tunnels = tunnels;
        this.client = new NettyEnd(this, Tunnel.End.CLIENT);
        this.target = new NettyEnd(this, Tunnel.End.TARGET);
        client.pairWith(target);
        target.pairWith(client);
    }

    /**
     * The path of a tunnel's beginning.
     *
     * @param owner the handler that has owned the client's channel so far: it is replaced
     * @param reads how many of them to stay for
     */
    static NettyPath between(
            ChannelHandlerContext owner, Channel targetChannel, Tunnel tunnel, int reads, Tunnels tunnels) {
        NettyPath path = new NettyPath(tunnel, reads, tunnels);
        owner.pipeline().replace(owner.handler(), null, path.client);
        targetChannel.pipeline().addLast(path.target);
        return path;
    }

    void start(ByteBuf early) {
        if (early.isReadable()) {
            client.pass(early);
        } else {
            early.release();
        }
        if (!target.channel().isActive()) {
            tunnel.broken(Tunnel.End.TARGET);
        } else {
            client.resumeIfTaken();
            target.resumeIfTaken();
            leaveSoon();
        }
    }

    Tunnel tunnel() {
        return tunnel;
    }

    /** Nothing may be read any more: the tunnel is about to move octets another way. */
    boolean isLeaving() {
        return leaving;
    }

    void moved(int octets) {
        tunnels.counts().addPipelines(octets);
    }

    /** One of its ends has read something, and passed it on. */
    void counted() {
        if (readsLeft > 0 && readsLeft != FOR_EVER) {
            readsLeft--;
        }
        leaveSoon();
    }

    /** Looks whether the moment has come, but not in the middle of a read or a write. */
    void leaveSoon() {
        if (readsLeft == 0 && !looking && !leaving) {
            looking = true;
            client.channel().eventLoop().execute(this::leaveIfQuiet);
        }
    }

    private void leaveIfQuiet() {
        looking = false;
        if (!tunnel.hasEnded() && client.isQuiet() && target.isQuiet()) {
            leaving = true;
            client.channel().config().setAutoRead(false);
            target.channel().config().setAutoRead(false);
            client.channel().deregister().addListener(left -> targetNext());
        }
    }

    private void targetNext() {
        target.channel().deregister().addListener(left -> left());
    }

    private void left() {
        if (tunnel.hasEnded()) {
            return;
        }
        if (!client.isQuiet() || !target.isQuiet()) { // something was read on the way out: it cannot be sent any more
            tunnel.broken(client.isQuiet() ? Tunnel.End.CLIENT : Tunnel.End.TARGET);
        } else {
            client.leave();
            target.leave();
            tunnels.detached(tunnel, client.inputEnded(), target.inputEnded());
        }
    }

    /** An end is complete in both directions, and closed. */
    void completed() {
        if (client.isComplete() && target.isComplete()) {
            tunnel.completed();
        }
    }
}
