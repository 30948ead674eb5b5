package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFailuresTest {

    private static final BackoffRule RULE = new BackoffRule(3, 100, 60, 200);
    private static final int ALICE = 1;
    private static final int MALLORY = 2;

    private static LoginFailures fail(LoginFailures before, int user, long... times) {
        LoginFailures after = before;
        for (long time : times) {
            after = after.failed(user, time, RULE);
        }
        return after;
    }

    @ParameterizedTest
    @CsvSource({
        "10, 20, 30,   60",
        "10, 10, 10,   60",
        "10, 60, 109,  60",
        "10, 60, 110,  0",
        "10, 110, 210, 0",
    })
    void theLastOfThreeInTimeBans(long first, long second, long third, long banned) {
        LoginFailures failures = fail(LoginFailures.NONE, ALICE, first, second);
        assertThat(failures.banned(second)).isFalse();
        assertThat(fail(failures, ALICE, third).bannedFor(third)).isEqualTo(banned);
    }

    @Test
    void aBanEndsAndCountingBeginsAnew() {
        LoginFailures banned = fail(LoginFailures.NONE, ALICE, 1, 2, 3);
        assertThat(banned.banned(62)).isTrue();
        assertThat(banned.banned(63)).isFalse();
        assertThat(fail(banned, ALICE, 63, 64).banned(64)).isFalse();
    }

    @Test
    void whatComesDuringABanDoesNotLengthenIt() {
        LoginFailures banned = fail(LoginFailures.NONE, ALICE, 1, 2, 3);
        assertThat(fail(banned, ALICE, 4, 5, 6, 7)).isEqualTo(banned);
    }

    @Test
    void eachBanIsTwiceAsLongUpToTheLongest() {
        LoginFailures failures = LoginFailures.NONE;
        long now = 1_000;
        for (long expected : new long[] {60, 120, 200, 200, 200}) {
            failures = fail(failures, ALICE, now, now, now);
            assertThat(failures.bannedFor(now)).isEqualTo(expected);
            now += expected;
        }
        LoginFailures soon = fail(failures, ALICE, now + 199, now + 199, now + 199);
        assertThat(soon.bannedFor(now + 199)).isEqualTo(200);
        LoginFailures later = fail(failures, ALICE, now + 200, now + 200, now + 200);
        assertThat(later.bannedFor(now + 200)).isEqualTo(60);
    }

    @Test
    void aLongRowOfBansDoesNotOverflow() {
        BackoffRule long1 = new BackoffRule(1, 1, 1, 86_400_000);
        LoginFailures failures = LoginFailures.NONE;
        long now = 1;
        for (int i = 0; i < 200; i++) {
            failures = failures.failed(ALICE, now, long1);
            assertThat(failures.bannedFor(now)).isBetween(1L, 86_400_000L);
            now += failures.bannedFor(now);
        }
        assertThat(failures.bannedUntil() - now).isZero();
    }

    /** Or one's own account would be a means to guess at those of others. */
    @Test
    void aSuccessForgivesTheFailuresOfItsUserOnly() {
        LoginFailures mixed = fail(fail(LoginFailures.NONE, ALICE, 1), MALLORY, 2);
        LoginFailures forgiven = mixed.succeeded(MALLORY);
        assertThat(fail(forgiven, ALICE, 3).banned(3)).isFalse();
        assertThat(fail(forgiven, ALICE, 3, 4).banned(4)).isTrue();
        assertThat(mixed.succeeded(7)).isSameAs(mixed);
    }

    @Test
    void aSuccessEndsNoBanAndMakesNoneShorter() {
        LoginFailures banned = fail(LoginFailures.NONE, ALICE, 1, 2, 3);
        assertThat(banned.succeeded(ALICE).banned(4)).isTrue();
        LoginFailures again = fail(fail(banned, ALICE, 70, 71).succeeded(ALICE), ALICE, 72, 73, 74);
        assertThat(again.bannedFor(74)).isEqualTo(120);
    }

    @Test
    void isForgottenWhenItMakesNoDifferenceAnyMore() {
        assertThat(LoginFailures.NONE.memory(5, RULE)).isZero();
        LoginFailures one = fail(LoginFailures.NONE, ALICE, 10);
        assertThat(one.memory(10, RULE)).isEqualTo(100);
        assertThat(one.memory(110, RULE)).isZero();
        LoginFailures banned = fail(LoginFailures.NONE, ALICE, 1, 2, 3);
        assertThat(banned.memory(3, RULE)).isEqualTo(60 + 200);
    }

    /** What is forgotten in time cannot be told from what was kept. */
    @Test
    void forgettingInTimeChangesNothing() {
        Random random = new Random(7);
        LoginFailures kept = LoginFailures.NONE;
        LoginFailures forgetful = LoginFailures.NONE;
        long now = 1;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(20);
            if (forgetful.memory(now, RULE) == 0) {
                forgetful = LoginFailures.NONE;
            }
            int user = random.nextInt(3);
            if (random.nextInt(5) == 0) {
                kept = kept.succeeded(user);
                forgetful = forgetful.succeeded(user);
            } else {
                kept = kept.failed(user, now, RULE);
                forgetful = forgetful.failed(user, now, RULE);
            }
            assertThat(forgetful.bannedFor(now)).isEqualTo(kept.bannedFor(now));
            assertThat(kept.recent()).hasSizeLessThan(RULE.failures());
        }
    }

    @Test
    void aRuleThatMakesNoSenseIsRefused() {
        assertThat(BackoffRule.OFF.bans()).isFalse();
        assertThat(catchThrowable(() -> new BackoffRule(101, 1, 1, 1))).hasMessage("failures: 101 (expected: 0..100)");
        assertThat(catchThrowable(() -> new BackoffRule(1, 1, 2, 1)))
                .hasMessageStartingWith("within: 1, ban: 2, maxBan: 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600_000, -3_600_000})
    void aClockThatIsSetMakesNoBanLongerThanItWas(long set) {
        long now = 10_000_000;
        LoginFailures banned = fail(LoginFailures.NONE, ALICE, now, now, now);
        assertThat(banned.tally(now, RULE).banned()).isEqualTo(60);
        LoginFailures known = banned.failed(ALICE, now + set, RULE);
        assertThat(banned.tally(now + set, RULE).banned()).isZero();
        assertThat(known.tally(now + set, RULE).banned()).isZero();
        assertThat(known.tally(now + set, RULE).failures()).isOne();
        assertThat(fail(known, ALICE, now + set, now + set)
                        .tally(now + set, RULE)
                        .banned())
                .isBetween(60L, 120L);
    }

    @Test
    void aFailureOfAnHourAheadDoesNotCount() {
        LoginFailures failures = fail(LoginFailures.NONE, ALICE, 10_000_000, 10_000_001);
        assertThat(failures.tally(6_400_000, RULE).failures()).isZero();
        assertThat(fail(failures, ALICE, 6_400_000).banned(6_400_000)).isFalse();
    }
}
