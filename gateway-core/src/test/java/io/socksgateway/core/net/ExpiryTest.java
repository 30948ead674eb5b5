package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.KnownSession;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Under a time of day that can be set, and a wheel that stands still unless it is told to move. */
class ExpiryTest {

    private static final long HOUR = TimeUnit.HOURS.toMillis(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final DeadlineWheel wheel = frozenWheel();
    private long timeOfDay = 1_700_000_000_000L;

    private DeadlineWheel frozenWheel() {
        channel.freezeTime();
        return new DeadlineWheel(channel.eventLoop());
    }

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(timeOfDay);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private KnownSession until(long expiresAt) {
        return KnownSession.of("a", new Identity("alice", Set.of(), null, null, expiresAt, "plugin"), "192.0.2.1");
    }

    private Expiry watch(KnownSession session) {
        return Objects.requireNonNull(Expiry.watch(session, wheel, clock));
    }

    private void advance(long millis) {
        for (long passed = 0; passed < millis; passed += DeadlineWheel.STEP) {
            timeOfDay += DeadlineWheel.STEP;
            channel.advanceTimeBy(DeadlineWheel.STEP, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void whoMayStayIsNotWatched() {
        assertThat(Expiry.watch(until(Identity.NEVER), wheel, clock)).isNull();
    }

    @Test
    void endsWhenTheTimeIsOverAndNotBefore() {
        KnownSession session = until(timeOfDay + HOUR);
        assertThat(watch(session).isArmed()).isTrue();
        advance(HOUR - 1_000);
        assertThat(session.ends()).isEmpty();
        advance(1_200);
        assertThat(session.ends()).containsExactly(EndReason.REVOKED);
    }

    @Test
    void endsAtOnceIfItIsOverAlready() {
        KnownSession session = until(timeOfDay);
        assertThat(watch(session).isArmed()).isFalse();
        assertThat(session.ends()).containsExactly(EndReason.REVOKED);
    }

    @Test
    void aClockThatIsSetForwardIsNoticedInAMinute() {
        KnownSession session = until(timeOfDay + HOUR);
        assertThat(watch(session).isArmed()).isTrue();
        advance(1_000);
        timeOfDay += HOUR;
        advance(61_000);
        assertThat(session.ends()).containsExactly(EndReason.REVOKED);
    }

    @Test
    void aClockThatIsSetBackEndsNothingEarly() {
        KnownSession session = until(timeOfDay + 60_000);
        assertThat(watch(session).isArmed()).isTrue();
        timeOfDay -= 30_000;
        advance(61_000);
        assertThat(session.ends()).isEmpty();
        advance(30_000);
        assertThat(session.ends()).containsExactly(EndReason.REVOKED);
    }

    @Test
    void cancelledItEndsNobody() {
        KnownSession session = until(timeOfDay + 1_000);
        watch(session).cancel();
        advance(5_000);
        assertThat(session.ends()).isEmpty();
    }
}
