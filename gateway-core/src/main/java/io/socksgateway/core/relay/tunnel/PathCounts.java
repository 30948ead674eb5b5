package io.socksgateway.core.relay.tunnel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Octets that the tunnels of an event loop have moved since the start, by the way they took.
 *
 * <p>The event loop adds; reading is thread-safe and may be a moment behind.
 */
public final class PathCounts {

    private static final VarHandle PIPELINES = handle("pipelines");
    private static final VarHandle COPIED = handle("copied");
    private static final VarHandle SPLICED = handle("spliced");

    private long pipelines;
    private long copied;
    private long spliced;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(PathCounts.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    void addPipelines(int octets) {
        PIPELINES.setOpaque(this, pipelines + octets);
    }

    void addCopied(int octets) {
        COPIED.setOpaque(this, copied + octets);
    }

    void addSpliced(int octets) {
        SPLICED.setOpaque(this, spliced + octets);
    }

    /** Through Netty's pipelines. */
    public long pipelines() {
        return (long) PIPELINES.getOpaque(this);
    }

    /** Through the buffer of the event loop. */
    public long copied() {
        return (long) COPIED.getOpaque(this);
    }

    /** Through pipes of the kernel. */
    public long spliced() {
        return (long) SPLICED.getOpaque(this);
    }
}
