package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.quota.SessionCounter.Admission;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionCounterTest {

    private static final UUID A = new UUID(1, 0);
    private static final UUID B = new UUID(2, 0);
    private static final long NOW = 100_000;

    private static Admission admit(SessionCounter counter, UUID node, int held, int wanted, SessionLimit limit) {
        return counter.admit(node, held, wanted, limit, NOW, NOW + 1_000);
    }

    @Test
    void theTighterLimitDecides() {
        assertThat(admit(SessionCounter.NONE, A, 0, 9, new SessionLimit(5, 7)).granted())
                .isEqualTo(5);
        assertThat(admit(SessionCounter.NONE, A, 0, 9, new SessionLimit(7, 5)).granted())
                .isEqualTo(5);
    }

    @Test
    void whatTheLimitOfOpenSessionsRefusesHasNotStarted() {
        SessionLimit limit = new SessionLimit(5, 7);
        SessionCounter five = admit(SessionCounter.NONE, A, 0, 9, limit).counter();
        assertThat(five.recent().room(7, NOW)).isEqualTo(2);
        Admission others = admit(five, B, 0, 9, limit);
        assertThat(others.granted()).isZero();
        assertThat(others.counter().recent().room(7, NOW)).isEqualTo(2);
    }

    @Test
    void theRateIsThatOfAllNodesTogetherAndEndedSessionsHaveStartedToo() {
        SessionLimit limit = new SessionLimit(SessionLimit.UNLIMITED, 10);
        SessionCounter counter = admit(SessionCounter.NONE, A, 0, 6, limit).counter();
        counter = admit(counter, A, 0, 0, limit).counter();
        assertThat(counter.open().isEmpty()).isTrue();
        assertThat(counter.isEmpty()).isFalse();
        assertThat(admit(counter, B, 0, 6, limit).granted()).isEqualTo(4);
        assertThat(counter.unexpired(NOW + 2_000).isEmpty()).isTrue();
    }

    @Test
    void withoutARateNothingIsRemembered() {
        SessionCounter counter =
                admit(SessionCounter.NONE, A, 0, 3, SessionLimit.open(3)).counter();
        assertThat(counter.recent().isEmpty()).isTrue();
        assertThat(admit(counter, A, 0, 0, SessionLimit.open(3)).counter()).isEqualTo(SessionCounter.NONE);
    }

    @Test
    void limitsAreNotNegative() {
        assertThatThrownBy(() -> new SessionLimit(-1, 1)).hasMessage("sessions: -1 (expected: 0 or more)");
        assertThatThrownBy(() -> new SessionLimit(1, -1)).hasMessage("sessionsPerSecond: -1 (expected: 0 or more)");
    }

    private static Admission admitAt(long now, SessionCounter counter, UUID node, int held, int wanted) {
        return counter.admit(node, held, wanted, SessionLimit.open(16), now, now + 60_000);
    }

    @Test
    void roomIsScarceFromAnEighthOfTheLimitOn() {
        assertThat(admitAt(NOW, SessionCounter.NONE, A, 0, 13).counter().isRoomy())
                .isTrue();
        SessionCounter scarce = admitAt(NOW, SessionCounter.NONE, A, 0, 14).counter();
        assertThat(scarce.isRoomy()).isFalse();
        assertThat(scarce.scarceSince()).isEqualTo(NOW);
        assertThat(admitAt(NOW + 5, scarce, A, 14, 1).counter().scarceSince()).isEqualTo(NOW);
        assertThat(admitAt(NOW + 5, scarce, A, 3, 0).counter().isRoomy())
                .as("who asks for nothing names no limit")
                .isFalse();
        assertThat(admitAt(NOW + 5, scarce, A, 3, 1).counter().isRoomy()).isTrue();
    }

    @Test
    void aRefusalIsFinalOnceNobodyCanBeLateAnyMore() {
        SessionCounter full = admitAt(NOW, SessionCounter.NONE, A, 0, 16).counter();
        assertThat(admitAt(NOW, full, B, 0, 1).isFinal()).isFalse();
        assertThat(admitAt(NOW + SessionCounter.TRUST, full, B, 0, 1).isFinal()).isFalse();
        assertThat(admitAt(NOW + SessionCounter.TRUST + 1_000, full, B, 0, 1).isFinal())
                .isTrue();
        assertThat(admitAt(NOW - 3_600_000, full, B, 0, 1).counter().scarceSince())
                .as("by a clock that was set back")
                .isEqualTo(NOW - 3_600_000);
        assertThat(admitAt(NOW, full, A, 16, 1).isFinal())
                .as("nobody else has any")
                .isTrue();
    }

    @Test
    void aRefusalForTheSakeOfStartsIsFinal() {
        SessionLimit limit = new SessionLimit(16, 2);
        SessionCounter two = admit(SessionCounter.NONE, A, 0, 2, limit).counter();
        assertThat(admit(two, B, 0, 1, limit).isFinal()).isTrue();
        assertThat(admit(two, B, 0, 1, limit).granted()).isZero();
    }
}
