package io.socksgateway.core.relay.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.net.PausableReads;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which all tunnels of an event loop copy, so that none of them holds a buffer. What a write leaves
 * over has to move out before the next read.
 *
 * <p>Confined to its event loop.
 */
final class CopyBuffer {

    /** The most that one read takes, in octets. */
    static final int SIZE = PausableReads.MAX_READ;

    private @Nullable ByteBuf memory;

    /** Where to read to; valid until {@link #close}. */
    long address() {
        if (memory == null) {
            memory = Unpooled.directBuffer(SIZE, SIZE);
        }
        return memory.memoryAddress();
    }

    /** A copy of what is in the buffer from one index to another; the caller releases it. */
    ByteBuf copy(int from, int to) {
        if (memory == null) {
            throw new IllegalStateException("nothing was read");
        }
        return memory.alloc()
                .directBuffer(to - from)
                .writeBytes(memory.duplicate().setIndex(from, to));
    }

    void close() {
        if (memory != null) {
            memory.release();
            memory = null;
        }
    }
}
