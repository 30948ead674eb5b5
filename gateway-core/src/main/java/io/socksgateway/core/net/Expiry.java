package io.socksgateway.core.net;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSession;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session with {@link EndReason#REVOKED} when the time that its user was granted is over: {@link Identity#expiresAt}. That
 * is a time of day, so the clock is looked at every minute, in case that it was set.
 *
 * <p>Confined to its event loop.
 */
public final class Expiry extends Deadline {

    /** Milliseconds from one look at the clock to the next. */
    private static final long LOOK = 60_000;

    private final LiveSession session;
    private final DeadlineWheel wheel;
    private final Clock clock;

    private Expiry(LiveSession session, DeadlineWheel wheel, Clock clock) {
        this.session = session;
        this.wheel = wheel;
        this.clock = clock;
    }

    /** Watches a session until it is cancelled; null if it may last. */
    public static @Nullable Expiry watch(LiveSession session, DeadlineWheel wheel) {
        return watch(session, wheel, Clock.systemUTC());
    }

    static @Nullable Expiry watch(LiveSession session, DeadlineWheel wheel, Clock clock) {
        if (session.info().identity().expiresAt() == Identity.NEVER) {
            return null;
        }
        Expiry expiry = new Expiry(session, wheel, clock);
        expiry.expired();
        return expiry;
    }

    @Override
    protected void expired() {
        Identity identity = session.info().identity();
        long now = clock.millis();
        if (identity.expired(now)) {
            session.end(EndReason.REVOKED);
        } else {
            wheel.arm(this, Math.min(LOOK, identity.expiresAt() - now));
        }
    }
}
