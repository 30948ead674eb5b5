package io.socksgateway.core.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Octets that a session has moved, each way. The event loop that moves them counts; any thread may read what it has counted
 * a moment ago, without costing the loop more than a plain addition.
 *
 * <p>One thread adds; reading is thread-safe.
 */
public final class ByteCounts {

    private static final VarHandle UP = handle("up");
    private static final VarHandle DOWN = handle("down");

    private long up;
    private long down;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(ByteCounts.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Counts octets from the client to a target. */
    public void addUp(int octets) {
        UP.setOpaque(this, up + octets);
    }

    /** Counts octets from a target to the client. */
    public void addDown(int octets) {
        DOWN.setOpaque(this, down + octets);
    }

    /** Octets from the client to targets. */
    public long up() {
        return (long) UP.getOpaque(this);
    }

    /** Octets from targets to the client. */
    public long down() {
        return (long) DOWN.getOpaque(this);
    }
}
