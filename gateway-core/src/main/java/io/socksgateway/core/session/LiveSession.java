package io.socksgateway.core.session;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A session between its hand-over to a relay and its end, as others see it. What it tells may be a moment old.
 *
 * <p>Thread-safe.
 */
public interface LiveSession {

    /** How far a session is. */
    enum State {
        /** The target is being dialled, or a BIND waits for its peer. */
        OPENING,
        /** Octets or datagrams are relayed. */
        OPEN
    }

    SessionInfo info();

    State state();

    /** The address that was connected, or is tried; of an association, that of the latest datagram. */
    @Nullable
    InetSocketAddress dialled();

    /** The id of the rule that has allowed it, if one has. */
    @Nullable
    String rule();

    ByteCounts bytes();

    /**
     * Ends the session with all its sockets, on its own event loop, and returns at once; connections end with RST. It does
     * nothing if the session has ended by then.
     */
    void end(EndReason reason);
}
