package io.socksgateway.auth;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of an authenticator that fails: when that begins, once a minute while it goes on, and when it has answered
 * again for a while; however many logins there are.
 *
 * <p>Confined to its event loop.
 */
final class Outage {

    static final long REMINDER = 60_000_000_000L;

    static final long SETTLED = 10_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String name;
    private final LongSupplier clock;
    private boolean failing;
    private long logged;
    private long last;
    private long denied;

    /**
     * @param clock nanoseconds, monotonic
     */
    Outage(String name, LongSupplier clock) {
        this.name = name;
        this.clock = clock;
    }

    /** A login could not be checked. */
    void failed(String why) {
        denied++;
        last = clock.getAsLong();
        if (!failing) {
            LOG.warn("authenticator {} failed, nobody is let in by it: {}", name, why);
        } else if (last - logged >= REMINDER) {
            LOG.warn("authenticator {} still fails, {} logins denied so far: {}", name, denied, why);
        } else {
            return;
        }
        failing = true;
        logged = last;
    }

    /** A login could be checked. */
    void answered() {
        if (failing && clock.getAsLong() - last >= SETTLED) {
            LOG.info("authenticator {} answers again, after {} denied logins", name, denied);
            failing = false;
            denied = 0;
        }
    }
}
