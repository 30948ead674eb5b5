package io.socksgateway.deploy.admin;

import java.util.Locale;

/**
 * Whether clients are welcome on this node.
 *
 * <p>Thread-safe.
 */
public final class Readiness {

    /** The life of a node. */
    public enum State {
        STARTING,
        READY,
        DRAINING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private volatile State state = State.STARTING;

    /** All listeners accept. */
    public synchronized void started() {
        if (state == State.STARTING) {
            state = State.READY;
        }
    }

    /** From now on to the end nobody new is welcome. */
    public synchronized void draining() {
        state = State.DRAINING;
    }

    public State state() {
        return state;
    }

    public boolean isReady() {
        return state == State.READY;
    }
}
