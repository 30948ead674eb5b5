package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Lets the listening sockets accept, or wait.
 *
 * <p>Thread-safe.
 */
final class AcceptGate {

    private final BooleanSupplier open;
    private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();

    /**
     * A gate without sockets.
     *
     * @param open whether clients are to be accepted; asked on the event loops of the sockets
     */
    AcceptGate(BooleanSupplier open) {
        this.open = open;
    }

    /** Adds a listening socket that has its event loop, until it is closed. */
    void add(Channel socket) {
        sockets.add(socket);
        socket.closeFuture().addListener(closed -> sockets.remove(socket));
    }

    /** To be called after each change: each socket then looks on its own loop, so that the last one to look is right. */
    void update() {
        for (Channel socket : sockets) {
            if (socket.eventLoop().inEventLoop()) {
                update(socket); // before it accepts another one
            } else if (socket.isOpen()) {
                socket.eventLoop().execute(() -> update(socket));
            }
        }
    }

    /** Lets a socket of this event loop accept if it may. */
    void update(Channel socket) {
        if (socket.isOpen()) {
            socket.config().setAutoRead(open.getAsBoolean());
        }
    }
}
