package io.socksgateway.deploy.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Names that were gone at the last look. Their series end a quarter of an hour after they were first seen gone, so that all who
 * scrape have been told what was counted to the end: there may be several, and some may come rarely.
 *
 * <p>Confined to one scrape at a time.
 */
final class Departed {

    /** Nanoseconds from when a name was first seen gone until its series end. */
    static final long LINGERING = TimeUnit.MINUTES.toNanos(15);

    private final LongSupplier nanos;
    private final Map<String, Long> since = new HashMap<>();

    /**
     * @param nanos a clock in nanoseconds
     */
    Departed(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Looks at a name.
     *
     * @param gone whether nothing has it any more, neither the configuration nor a session
     * @return whether its series are to end, with which it is forgotten here
     */
    boolean isOver(String name, boolean gone) {
        if (!gone) {
            since.remove(name);
            return false;
        }
        long now = nanos.getAsLong();
        boolean over = now - since.computeIfAbsent(name, first -> now) >= LINGERING;
        if (over) {
            since.remove(name);
        }
        return over;
    }
}
