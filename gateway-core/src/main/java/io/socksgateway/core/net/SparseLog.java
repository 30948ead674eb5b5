package io.socksgateway.core.net;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Warnings that can come with every connection, written at most once in ten seconds.
 *
 * <p>Confined to its event loop.
 */
public final class SparseLog {

    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private long quietUntil;
    private long withheld;

    /**
     * @param nanoTime {@link System#nanoTime}, or a test's
     */
    public SparseLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.quietUntil = nanoTime.getAsLong();
    }

    public void warn(String what, Throwable cause) {
        warn(what + ": " + cause);
    }

    /**
     * Writes a warning, or counts it as withheld.
     *
     * @param what without credentials
     */
    public void warn(String what) {
        long now = nanoTime.getAsLong();
        if (now - quietUntil < 0) {
            withheld++;
            return;
        }
        if (withheld == 0) {
            log.warn("{}", what);
        } else {
            log.warn("{} ({} like it not shown)", what, withheld);
        }
        quietUntil = now + PAUSE;
        withheld = 0;
    }
}
