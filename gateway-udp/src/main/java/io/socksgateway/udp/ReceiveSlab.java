package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The memory that all datagram sockets of an event loop read into: a row of slots, each as long as a datagram can be.
 *
 * <pre>
 * | headroom | slot 0: datagram, unused | slot 1: datagram, unused | ...
 * </pre>
 *
 * <p>The kernel touches only the pages that it writes to, so short datagrams cost a page each. No slot is ever full:
 * what is left at the end of one is room for a header in front of the next.
 *
 * <p>A read hands out the same memory again, unless a datagram of an earlier read is still in use: then the old memory
 * is left to that, and new is allocated. So whoever keeps a datagram for longer copies it.
 *
 * <p>Confined to its event loop.
 */
final class ReceiveSlab {

    /**
     * Octets from one slot to the next: the longest payload is 65,507 octets over IPv4, 65,527 over IPv6. Not a power of
     * two, or the beginnings of all slots would fall into the same lines of the cache.
     */
    static final int SLOT = 65_600;

    /** The most datagrams of one read. */
    static final int SLOTS = 32;

    private static final int HEADROOM = 64;

    private ByteBuf memory = allocate();

    private static ByteBuf allocate() {
        return Unpooled.directBuffer(HEADROOM + SLOTS * SLOT);
    }

    /** So many slots to read into; released by the reader. */
    ByteBuf slots(int count) {
        if (memory.refCnt() != 1) {
            memory.release();
            memory = allocate();
        }
        return memory.retainedSlice(HEADROOM, count * SLOT).clear();
    }

    /**
     * Puts a header in front of a payload, in place if it is in a slot.
     *
     * @param header of at most 64 octets
     * @param payload released here
     */
    ByteBuf prepend(byte[] header, ByteBuf payload) {
        int length = payload.readableBytes();
        try {
            if (payload.hasMemoryAddress() && memory.hasMemoryAddress()) {
                long index = payload.memoryAddress() + payload.readerIndex() - memory.memoryAddress();
                if (index >= HEADROOM && index + length <= memory.capacity()) {
                    int start = (int) index - header.length;
                    memory.setBytes(start, header);
                    return memory.retainedSlice(start, header.length + length);
                }
            }
            return payload.alloc()
                    .directBuffer(header.length + length)
                    .writeBytes(header)
                    .writeBytes(payload);
        } finally {
            payload.release();
        }
    }

    /** Gives the memory back once nothing of it is in use. */
    void release() {
        memory.release();
    }
}
