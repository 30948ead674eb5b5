package io.socksgateway.core.relay.tunnel;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;

/**
 * Two sockets on their event loop's epoll without Netty's pipelines, for plain TCP on Linux.
 *
 * <p>The channels keep their descriptors, and whoever closes a channel closes its descriptor: this lets go of both at
 * that moment, as a descriptor's number is soon another one's.
 *
 * <p>Confined to its event loop.
 */
final class EpollPath {

    private final Tunnel tunnel;
    private final EpollEnd client;
    private final EpollEnd target;
    private final Flow up;
    private final Flow down;
    private boolean live = true;

    /**
     * A path between two channels that no selector knows.
     *
     * @param clientEnded the client's direction has ended, and the target was told
     * @param targetEnded the target's direction has ended, and the client was told
     */
    EpollPath(Tunnel tunnel, Tunnels tunnels, boolean clientEnded, boolean targetEnded) {
        this.tunnel = tunnel;
        this.client = new EpollEnd(this, Tunnel.End.CLIENT, (UnixChannel) tunnel.channel(Tunnel.End.CLIENT));
        this.target = new EpollEnd(this, Tunnel.End.TARGET, (UnixChannel) tunnel.channel(Tunnel.End.TARGET));
        this.up = new Flow(this, client, target, tunnels, clientEnded);
        this.down = new Flow(this, target, client, tunnels, targetEnded);
    }

    void start() {
        for (Tunnel.End end : Tunnel.End.values()) {
            tunnel.channel(end).closeFuture().addListener(closed -> letGo(end));
        }
        IoEventLoop loop = (IoEventLoop) loop();
        if (live) {
            client.register(loop);
        }
        if (live) {
            target.register(loop);
        }
    }

    Tunnel tunnel() {
        return tunnel;
    }

    EventLoop loop() {
        return tunnel.channel(Tunnel.End.CLIENT).eventLoop();
    }

    boolean isLive() {
        return live;
    }

    /** Something was told of one end: it has more to read, or more room. */
    void changed(EpollEnd end) {
        if (live && end.isReadable()) {
            from(end).turn();
        }
        if (live && end.isWritable()) {
            to(end).turn();
        }
    }

    /** An error was told of one end, which its flow has not met because it cannot read now. */
    void failed(EpollEnd end) {
        if (live && end.hasError()) {
            tunnel.broken(end.end());
        }
    }

    void broken(Tunnel.End end) {
        if (live) {
            tunnel.broken(end);
        }
    }

    /** A flow has come to its end, and everything before it was written. */
    void finished(Flow flow, EpollEnd sink) throws IOException {
        sink.finish();
        if (up.isFinished() && down.isFinished()) {
            tunnel.completed();
        }
    }

    private Flow from(EpollEnd end) {
        return end == client ? up : down;
    }

    private Flow to(EpollEnd end) {
        return end == client ? down : up;
    }

    /** One of the channels was closed: the descriptors are not ours any more. */
    private void letGo(Tunnel.End closed) {
        if (live) {
            live = false;
            client.cancel();
            target.cancel();
            up.discard();
            down.discard();
            tunnel.broken(closed);
        }
    }
}
