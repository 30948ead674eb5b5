package io.socksgateway.core.relay;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.session.EndReason;

/**
 * Moves octets between two connected sockets, both ways, until both directions have ended: FIN is passed on as FIN
 * once all before it was, RST as RST. A side that does not read stops the other one after one receive buffer.
 *
 * <p>Confined to the event loop of both sockets.
 */
interface Tunnel {

    /**
     * Begins to relay.
     *
     * @param early octets for the target that the client has sent already; released here
     */
    void start(ByteBuf early);

    /** Ends both connections at once. Does nothing if the tunnel has ended. */
    void abort(EndReason reason);

    /** Octets from the client to the target so far. */
    long bytesUp();

    /** Octets from the target to the client so far. */
    long bytesDown();

    /** Hears of the end, once. */
    @FunctionalInterface
    interface Listener {
        void ended(EndReason reason);
    }
}
