package io.socksgateway.core.tcp;

import io.socksgateway.core.wire.Command;

/**
 * What one client takes up of its node, from accept to the end of its connection.
 *
 * <p>Confined to its event loop.
 */
final class Place {

    private final Capacity capacity;
    /** 0 without a session. */
    private int descriptors;

    Place(Capacity capacity) {
        this.capacity = capacity;
    }

    /** Makes room for the session that the client asks for; false if there is none. */
    boolean begin(Command command) {
        descriptors = capacity.begin(command);
        return descriptors > 0;
    }

    /** To be called once, when the client's connection is closed. */
    void leave() {
        capacity.end(descriptors);
    }
}
