package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.quota.SessionShares.Grant;
import io.socksgateway.core.quota.SessionShares.Share;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSharesTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private static SessionShares shares(int a, long leaseOfA, int b, long leaseOfB) {
        return SessionShares.NONE.settle(A, a, leaseOfA).settle(B, b, leaseOfB);
    }

    @ParameterizedTest(name = "A {0} until {1}, B {2} until {3}; A wants {4} of {5} at 100: {6}")
    @CsvSource({
        "0,   0, 0,   0, 1, 10, 1",
        "0,   0, 0,   0, 1,  0, 0",
        "4, 200, 5, 200, 1, 10, 1",
        "5, 200, 5, 200, 1, 10, 0",
        "0,   0, 9, 200, 5, 10, 1",
        "4, 200, 4, 200, 2, 10, 2",
        // the lease of another ends at its very millisecond
        "0,   0, 9, 101, 5, 10, 1",
        "0,   0, 9, 100, 5, 10, 5",
        // one's own share counts beyond its lease
        "9,  50, 0,   0, 5, 10, 1",
        // a limit that was lowered, and more open than it allows
        "4, 200, 4, 200, 1,  3, 0",
        "4, 200, 9, 200, 0, 10, 0",
    })
    void grantsWhatTheLimitHasRoomFor(int a, long leaseOfA, int b, long leaseOfB, int wanted, int limit, int granted) {
        SessionShares before = shares(a, leaseOfA, b, leaseOfB);
        Grant grant = before.acquire(A, wanted, limit, 100, 300);
        assertThat(grant.granted()).isEqualTo(granted);
        assertThat(grant.shares().heldBy(A)).isEqualTo(a + granted);
        assertThat(before.heldBy(A)).as("the value itself is not changed").isEqualTo(a);
        if (granted > 0) {
            assertThat(grant.shares().byNode().get(A)).isEqualTo(new Share(a + granted, 300));
        }
    }

    @Test
    void theShareOfADeadNodeExpiresAndIsDroppedByTheNextGrant() {
        SessionShares full = shares(0, 0, 10, 1_000);
        assertThat(full.acquire(A, 1, 10, 999, 2_000).granted()).isZero();
        assertThat(full.open(1_000)).isZero();
        assertThat(full.acquire(A, 1, 10, 1_000, 2_000).shares())
                .isEqualTo(new SessionShares(Map.of(A, new Share(1, 2_000))));
    }

    @Test
    void aRenewedLeaseKeepsTheShare() {
        SessionShares renewed = shares(0, 0, 10, 1_000).settle(B, 10, 5_000);
        assertThat(renewed.acquire(A, 1, 10, 4_999, 9_000).granted()).isZero();
    }

    @Test
    void withoutANodeOnlyItsShareGoes() {
        assertThat(shares(3, 200, 4, 200).without(B)).isEqualTo(shares(3, 200, 0, 0));
        assertThat(shares(3, 200, 0, 0).without(A).isEmpty()).isTrue();
        assertThat(SessionShares.NONE.without(A)).isEqualTo(SessionShares.NONE);
    }

    @Test
    void unexpiredDropsWhatEndedAndKeepsTheRest() {
        assertThat(shares(3, 100, 4, 101).unexpired(100)).isEqualTo(shares(0, 0, 4, 101));
    }

    @Test
    void theLastReleaseLeavesNothingBehind() {
        SessionShares one = SessionShares.NONE.acquire(A, 1, 1, 0, 10).shares();
        assertThat(one.settle(A, 0, 10)).isEqualTo(SessionShares.NONE);
        assertThat(SessionShares.NONE.settle(A, 0, 10).isEmpty()).isTrue();
    }

    @Test
    void aNodeThatComesBackCountsEvenAboveTheLimitAndNothingMoreIsGranted() {
        SessionShares over = shares(10, 200, 0, 0).settle(B, 4, 200);
        assertThat(over.open(100)).isEqualTo(14);
        assertThat(over.acquire(A, 1, 10, 100, 300).granted()).isZero();
        assertThat(over.settle(B, 0, 200)
                        .settle(A, 9, 200)
                        .acquire(B, 9, 10, 100, 300)
                        .granted())
                .isEqualTo(1);
    }

    @Test
    void negativeCountsAreErrors() {
        assertThatThrownBy(() -> SessionShares.NONE.settle(A, -1, 10)).hasMessage("held: -1 (expected: 1 or more)");
        assertThatThrownBy(() -> SessionShares.NONE.acquire(A, -1, 10, 0, 10))
                .hasMessage("wanted: -1 (expected: 0 or more)");
    }

    /** B has renewed its lease a moment ago, by a clock that was an hour ahead, or behind. */
    @ParameterizedTest
    @ValueSource(longs = {3_600_000, -3_600_000})
    void aClockThatIsSetFreesNothingThatIsOpen(long set) {
        long now = 100_000_000;
        SessionShares full = shares(0, 0, 10, now + 15_000);
        assertThat(full.open(now + set)).isEqualTo(10);
        assertThat(full.acquire(A, 1, 10, now + set, now + set + 20_000).granted())
                .isZero();
        assertThat(full.acquire(A, 1, 11, now + set, now + set + 20_000)
                        .shares()
                        .heldBy(B))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600_000, -3_600_000})
    void aClockThatIsSetDoesNotBindWhatIsDead(long set) {
        long now = 100_000_000 + set;
        SessionShares noticed =
                shares(3, now + 20_000, 10, 100_000_000 + 15_000).unexpired(now);
        assertThat(noticed.unexpired(now + 19_999)).isEqualTo(noticed);
        assertThat(noticed.open(now + 20_000)).isZero();
        assertThat(noticed.unexpired(now + 20_000)).isEqualTo(SessionShares.NONE);
    }
}
