package io.socksgateway.core.tcp;

import io.socksgateway.core.config.ListenerConfig;

/** A listener could not be bound. */
public final class ListenFailure extends Exception {

    private static final long serialVersionUID = 1L;

    ListenFailure(ListenerConfig listener, Throwable cause) {
        super(
                "listener %s: cannot listen on %s port %d: %s"
                        .formatted(listener.name(), listener.host(), listener.port(), cause.getMessage()),
                cause);
    }
}
