package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentStartsTest {

    private static final int LIMIT = 50;

    @Test
    void allOfThemAtOnceAndThenNoneForASecond() {
        RecentStarts starts = RecentStarts.NONE.plus(LIMIT, 100_000);
        assertThat(starts.room(LIMIT, 100_000)).isZero();
        assertThat(starts.room(LIMIT, 100_999)).isZero();
        assertThat(starts.room(LIMIT, 101_019)).isEqualTo(LIMIT);
        assertThat(starts.at(101_019).isEmpty()).isTrue();
    }

    @Test
    void aClockThatIsALittleBehindCountsAsNow() {
        RecentStarts starts = RecentStarts.NONE.plus(20, 100_000).plus(20, 99_900);
        assertThat(starts.room(LIMIT, 100_500)).isEqualTo(10);
        assertThat(starts.slots()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {900, 1_100, 3_500, 9_000})
    void whoIsBehindStartsNothingThatOthersHaveStartedAlready(long behind) {
        RecentStarts starts = RecentStarts.NONE.plus(LIMIT - 1, 100_000);
        for (int i = 0; i < 3; i++) {
            int room = starts.room(LIMIT, 100_100 - behind);
            assertThat(room).isEqualTo(i == 0 ? 1 : 0);
            starts = starts.plus(room, 100_100 - behind);
        }
        assertThat(starts.room(LIMIT, 100_900)).isZero();
        assertThat(starts.room(LIMIT, 101_019)).isEqualTo(LIMIT);
        assertThat(starts.room(LIMIT, 101_019 - behind)).isZero();
        assertThat(starts.at(101_019 - behind).slots()).isEqualTo(starts.slots());
    }

    /** They differ by seconds all the time, and both want as much as they can get. */
    @ParameterizedTest
    @ValueSource(longs = {500, 1_500, 3_500})
    void whoIsBehindIsNotShutOutByWhoIsAhead(long behind) {
        RecentStarts starts = RecentStarts.NONE;
        int[] started = new int[2];
        for (long now = 1_000_000; now < 1_060_000; now += 7) {
            int node = (int) (now / 7 % 2);
            long clock = now - (node == 0 ? 0 : behind);
            int granted = Math.min(1, starts.room(LIMIT, clock));
            starts = starts.plus(granted, clock);
            started[node] += granted;
        }
        assertThat(started[0] + started[1]).isBetween(LIMIT * 60 * 95 / 100, LIMIT * 61);
        assertThat(started[1]).isGreaterThan(LIMIT * 60 / 10);
    }

    @Test
    void whatAClockHasNotedThatWasSetBackSinceIsForgotten() {
        RecentStarts starts = RecentStarts.NONE.plus(LIMIT, 500_000);
        assertThat(starts.room(LIMIT, 100_000)).isEqualTo(LIMIT);
    }

    @Test
    void aLimitThatWasLoweredLeavesNoRoomRatherThanLess() {
        assertThat(RecentStarts.NONE.plus(LIMIT, 0).room(3, 10)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noSecondHasMoreThanTheLimitAndTheGreedyGetNearlyAllOfIt(long seed) {
        Random random = new Random(seed);
        Deque<Long> lastSecond = new ArrayDeque<>();
        RecentStarts starts = RecentStarts.NONE;
        long total = 0;
        long now = random.nextInt(1_000_000);
        long end = now + 60_000;
        while (now < end) {
            int granted = Math.min(1 + random.nextInt(9), starts.room(LIMIT, now));
            starts = starts.plus(granted, now);
            total += granted;
            for (int i = 0; i < granted; i++) {
                lastSecond.add(now);
            }
            while (!lastSecond.isEmpty() && lastSecond.peek() <= now - 1_000) {
                lastSecond.remove();
            }
            assertThat(lastSecond).hasSizeLessThanOrEqualTo(LIMIT);
            assertThat(starts.slots()).hasSizeLessThanOrEqualTo(52);
            now += random.nextInt(30);
        }
        // what it takes until somebody asks again is the askers', not the limit's
        assertThat(total).isBetween(LIMIT * 60L * 95 / 100, LIMIT * 61L);
    }
}
