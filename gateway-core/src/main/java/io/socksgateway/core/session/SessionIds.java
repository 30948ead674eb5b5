package io.socksgateway.core.session;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for sessions, unique over nodes and restarts: 48 random bits for the process, then a counter, in base 36.
 *
 * <p>Thread-safe.
 */
public final class SessionIds {

    private final String prefix;
    private final AtomicLong counter = new AtomicLong();

    public SessionIds() {
        this(new SecureRandom().nextLong() >>> 16);
    }

    SessionIds(long process) {
        this.prefix = Long.toString(process, 36) + "-";
    }

    public String next() {
        return prefix + Long.toString(counter.incrementAndGet(), 36);
    }
}
