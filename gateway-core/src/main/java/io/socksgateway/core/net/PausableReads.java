package io.socksgateway.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;

/**
 * Makes "do not read" mean it. When a peer has sent its FIN, the epoll transport reads all that the kernel holds, some
 * megabytes, whatever {@code autoRead} says; so a peer that fills its window and leaves would fill our memory.
 *
 * <p>This allocator refuses the buffer instead, with {@link Paused}, which ends that read and comes by as an exception
 * of the pipeline: a handler asks {@link #isPaused} first of all. The bytes and the FIN stay in the kernel until
 * {@code autoRead} is on. Once our own direction has ended too the read is let through, as the kernel then reports a
 * hang-up without pause until the socket is closed.
 *
 * <p>One per channel, confined to its event loop.
 */
public final class PausableReads extends AdaptiveRecvByteBufAllocator {

    /** The most that one read takes, in octets: what a stalled tunnel holds for each direction. */
    public static final int MAX_READ = 65_536;

    private static final int FIRST_READ = 2_048;
    private static final int MIN_READ = 512;

    /** Reads before other channels have their turn. */
    private static final int READS = 16;

    private final Channel channel;

    private PausableReads(Channel channel) {
        super(MIN_READ, FIRST_READ, MAX_READ);
        this.channel = channel;
        maxMessagesPerRead(READS);
    }

    /** To be called before the channel reads for the first time. */
    public static void install(Channel channel) {
        channel.config().setRecvByteBufAllocator(new PausableReads(channel));
    }

    /** Whether an exception of the pipeline is only the sign of a read that was put off. */
    public static boolean isPaused(Throwable cause) {
        return cause instanceof Paused;
    }

    /**
     * The error that has ended a connection while nobody reads from it, such as a reset.
     *
     * @return 0 or the errno; it is cleared by asking
     */
    public static int pendingError(Channel channel) {
        if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            try {
                return socket.getSoError();
            } catch (IOException e) {
                return -1;
            }
        }
        return 0;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface's own signature
    public Handle newHandle() {
        return new PausableHandle((ExtendedHandle) super.newHandle());
    }

    private boolean mustWait(ChannelConfig config) {
        return !config.isAutoRead()
                && channel.isActive()
                && channel instanceof DuplexChannel duplex
                && !duplex.isOutputShutdown();
    }

    /** A read that was put off; without a stack trace, as nothing went wrong. */
    private static final class Paused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Paused() {
            super("paused", null, false, false);
        }
    }

    private final class PausableHandle implements RecvByteBufAllocator.ExtendedHandle {
        private final RecvByteBufAllocator.ExtendedHandle adaptive;

        PausableHandle(RecvByteBufAllocator.ExtendedHandle adaptive) {
            this.adaptive = adaptive;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            if (mustWait(channel.config())) {
                throw new Paused();
            }
            return adaptive.allocate(alloc);
        }

        @Override
        public int guess() {
            return adaptive.guess();
        }

        @Override
        public void reset(ChannelConfig config) {
            adaptive.reset(config);
        }

        @Override
        public void incMessagesRead(int count) {
            adaptive.incMessagesRead(count);
        }

        @Override
        public void lastBytesRead(int bytes) {
            adaptive.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return adaptive.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            adaptive.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return adaptive.attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return adaptive.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return adaptive.continueReading(maybeMore);
        }

        @Override
        public void readComplete() {
            adaptive.readComplete();
        }
    }
}
