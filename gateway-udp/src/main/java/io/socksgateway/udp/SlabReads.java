package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Makes an epoll datagram channel read into a {@link ReceiveSlab}, one batch for each readiness. How many datagrams a
 * batch asks for follows how many there were: preparing a slot costs something, also if it stays empty.
 *
 * <p>At least two are asked for, as it takes an empty slot to see that the socket has no more. One per channel, confined
 * to its event loop.
 */
final class SlabReads implements RecvByteBufAllocator {

    private static final int FEWEST = 2;

    private final ReceiveSlab slab;

    SlabReads(ReceiveSlab slab) {
        this.slab = slab;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface's own signature
    public Handle newHandle() {
        return new Batches();
    }

    private final class Batches implements ExtendedHandle {
        private int slots = FEWEST;
        private int attempted;
        private int lastRead;

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return slab.slots(slots);
        }

        @Override
        public int guess() {
            return slots * ReceiveSlab.SLOT;
        }

        @Override
        public void reset(ChannelConfig config) {
            attempted = 0;
            lastRead = 0;
        }

        @Override
        public void incMessagesRead(int count) {
            if (count == slots) {
                slots = Math.min(slots * 2, ReceiveSlab.SLOTS);
            } else if (count < slots / 4) {
                slots = Math.max(slots / 2, FEWEST);
            }
        }

        @Override
        public void lastBytesRead(int bytes) {
            lastRead = bytes;
        }

        @Override
        public int lastBytesRead() {
            return lastRead;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        /** The others have their turn first; what is left is reported again. */
        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return false;
        }

        @Override
        public void readComplete() {
            // the width follows each batch already
        }
    }
}
