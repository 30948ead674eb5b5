package io.socksgateway.core.store;

import java.util.function.LongSupplier;

/**
 * The time of a store, for periods, or the latest that was seen if its clock was set back: what has begun is not begun again,
 * so no period has more than its limit. It lasts longer instead, until the clock has caught up.
 *
 * <p>As there is no way back, a clock that was set forward is believed only after a while: a member of a cluster whose own clock
 * is set hears from the others within seconds what time it is.
 *
 * <p>Confined to its event loop.
 */
final class Calendar implements LongSupplier {

    /** Milliseconds that a clock may gain at once. */
    private static final long JUMP = 5_000;

    /** Milliseconds until one that has gained more is believed. */
    private static final long DOUBT = 10_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final LongSupplier clock;
    private final LongSupplier millis;
    private long latest = NEVER;
    private long seenAt;
    private long doubtedSince = NEVER;

    /**
     * Nothing seen yet.
     *
     * @param clock milliseconds since 1970
     * @param millis never set
     */
    Calendar(LongSupplier clock, LongSupplier millis) {
        this.clock = clock;
        this.millis = millis;
    }

    @Override
    public long getAsLong() {
        long now = millis.getAsLong();
        long time = clock.getAsLong();
        if (latest == NEVER) {
            latest = time;
            seenAt = now;
        }
        long expected = latest + now - seenAt;
        if (time - expected <= JUMP) {
            doubtedSince = NEVER;
        } else if (doubtedSince == NEVER) {
            doubtedSince = now;
        }
        if (doubtedSince == NEVER || now - doubtedSince >= DOUBT) {
            doubtedSince = NEVER;
            latest = Math.max(latest, time);
        } else {
            latest = expected;
        }
        seenAt = now;
        return latest;
    }
}
