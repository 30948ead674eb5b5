package io.socksgateway.core.relay.tunnel;

import com.sun.jna.Function;
import io.netty.channel.unix.FileDescriptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes pipes larger than the 16 pages that Linux gives them: one system call then moves as much as many would. Without
 * it splicing works all the same, at a higher price.
 *
 * <p>The first pipe that asks has {@code fcntl} looked up in the background; later ones profit. Linux lets the processes
 * of an unprivileged user have 64 MiB of pipes, and makes any further one tiny, so all of ours together stay far below.
 *
 * <p>Thread-safe.
 */
final class PipeSize {

    /** The capacity of a large pipe in octets. */
    static final int LARGE = 1 << 20;

    private static final int F_SETPIPE_SZ = 1031;
    private static final int TOTAL = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(PipeSize.class);
    private static final AtomicInteger LEFT = new AtomicInteger(TOTAL / LARGE);
    private static final AtomicBoolean ASKED = new AtomicBoolean();
    private static volatile @Nullable Function fcntl;

    private PipeSize() {}

    /**
     * Makes a pipe large, if that can be done now. One that was made large has to be {@link #released}.
     *
     * @return whether it is
     */
    static boolean enlarge(FileDescriptor pipe) {
        Function call = fcntl;
        if (call == null) {
            if (ASKED.compareAndSet(false, true)) {
                CompletableFuture.runAsync(PipeSize::find).exceptionally(PipeSize::notFound);
            }
            return false;
        }
        if (LEFT.decrementAndGet() >= 0
                && call.invokeInt(new Object[] {pipe.intValue(), F_SETPIPE_SZ, LARGE}) >= LARGE) {
            return true;
        }
        LEFT.incrementAndGet();
        return false;
    }

    /** A large pipe is closed. */
    static void released() {
        LEFT.incrementAndGet();
    }

    private static void find() {
        fcntl = Function.getFunction("c", "fcntl");
    }

    private static Void notFound(Throwable cause) {
        LOG.info("pipes keep their size, as fcntl cannot be called: {}", cause.toString());
        return null;
    }
}
