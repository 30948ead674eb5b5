package io.socksgateway.core.session;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for sessions, unique over nodes and restarts: 48 random bits for the process, then a counter, in base 36.
 *
 * <p>Thread-safe.
 */
public final class SessionIds {

    /** By process, then as they were given out. */
    public static final Comparator<String> ORDER = Comparator.comparing(SessionIds::process)
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    private final String prefix;
    private final AtomicLong counter = new AtomicLong();

    public SessionIds() {
        this(new SecureRandom().nextLong() >>> 16);
    }

    SessionIds(long process) {
        this.prefix = Long.toString(process, 36) + "-";
    }

    private static String process(String id) {
        return id.substring(0, Math.max(0, id.indexOf('-')));
    }

    public String next() {
        return prefix + Long.toString(counter.incrementAndGet(), 36);
    }
}
