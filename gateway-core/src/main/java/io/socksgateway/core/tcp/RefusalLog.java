package io.socksgateway.core.tcp;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * The lines about clients of one listener that are not let in: at most {@value #LINES} of them at level info in ten seconds,
 * as everybody can cause them; the others at level debug.
 *
 * <p>Thread-safe.
 */
final class RefusalLog {

    static final int LINES = 20;

    private static final long SPAN = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private long begun;
    private int written;
    private long withheld;

    /**
     * @param nanoTime {@link System#nanoTime}, or a test's
     */
    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /**
     * Writes a line.
     *
     * @param what without credentials and control characters
     */
    void write(Logger log, String what) {
        long before = admit();
        if (before < 0) {
            log.debug("{}", what);
        } else if (before == 0) {
            log.info("{}", what);
        } else {
            log.info("{} ({} such lines before it not shown)", what, before);
        }
    }

    /** How many were withheld before this one; -1 if this one is too. */
    private synchronized long admit() {
        long now = nanoTime.getAsLong();
        if (now - begun >= SPAN) {
            begun = now;
            written = 0;
        }
        if (written == LINES) {
            withheld++;
            return -1;
        }
        written++;
        long before = withheld;
        withheld = 0;
        return before;
    }
}
