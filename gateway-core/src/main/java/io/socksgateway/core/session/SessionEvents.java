package io.socksgateway.core.session;

import io.socksgateway.core.wire.Command;

/**
 * Hears how far sessions get and how long it takes, to count it; how they end is said to the {@link SessionLog}.
 *
 * <p>Implementations are thread-safe and never block or throw: event loops call them, a few times a session.
 */
public interface SessionEvents {

    /** Nobody counts. */
    SessionEvents NONE = new SessionEvents() {};

    /** The answer to a login. */
    enum Login {
        ACCEPTED,
        REJECTED,
        /** Nobody could tell. */
        FAILED
    }

    /**
     * A client has made its request.
     *
     * @param nanos since it was accepted, without the time that the authenticators took
     */
    default void negotiated(long nanos) {}

    /** The authenticators have answered. */
    default void authenticated(Login answer, long nanos) {}

    /** The client has been told of success: octets or datagrams are relayed from now on. */
    default void opened(String listener, Command command) {}
}
