package io.socksgateway.core.net;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Lines that can come with every connection, written at most once in ten seconds.
 *
 * <p>Thread-safe.
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
        write(Level.WARN, what);
    }

    /** The same for good news. */
    public void info(String what) {
        write(Level.INFO, what);
    }

    private void write(Level level, String what) {
        long before = turn();
        if (before == 0) {
            log.atLevel(level).log("{}", what);
        } else if (before > 0) {
            log.atLevel(level).log("{} ({} like it not shown)", what, before);
        }
    }

    /** How many were withheld before this one, which is to be written; or -1 if it is withheld too. */
    private synchronized long turn() {
        long now = nanoTime.getAsLong();
        if (now - quietUntil < 0) {
            withheld++;
            return -1;
        }
        long before = withheld;
        quietUntil = now + PAUSE;
        withheld = 0;
        return before;
    }
}
