package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {

    private static final long HOUR = 3_600_000;

    private long now = 50_000;
    private long set = 1_700_000_000_000L;
    private final Calendar calendar = new Calendar(() -> now + set, () -> now);

    private void pass(long millis) {
        for (long end = now + millis; now < end; ) {
            now += 50;
            long unused = calendar.getAsLong();
        }
    }

    /** As the time of a cluster is on a member whose own clock is set, until it hears from the others. */
    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR, 24 * 365 * HOUR, 6_000})
    void aClockThatIsWrongForSecondsChangesNothing(long by) {
        pass(60_000);
        set += by;
        pass(3_000);
        set -= by;
        pass(50);
        assertThat(calendar.getAsLong()).isBetween(now + set - 3_000, now + set);
        pass(20_000);
        assertThat(calendar.getAsLong()).isEqualTo(now + set);
    }

    @Test
    void aClockThatIsSetForwardIsBelievedAfterSomeSeconds() {
        pass(60_000);
        set += HOUR;
        pass(5_000);
        assertThat(calendar.getAsLong()).isEqualTo(now + set - HOUR);
        pass(6_000);
        assertThat(calendar.getAsLong()).isEqualTo(now + set);
    }

    @Test
    void aClockThatIsSetBackIsWaitedFor() {
        pass(60_000);
        long latest = now + set;
        set -= HOUR;
        pass(HOUR - 1_000);
        assertThat(calendar.getAsLong()).isEqualTo(latest);
        pass(2_000);
        assertThat(calendar.getAsLong()).isEqualTo(now + set).isGreaterThan(latest);
    }

    @Test
    void timeGoesOnThoughNobodyLooks() {
        long unused = calendar.getAsLong();
        now += 30 * 24 * HOUR;
        assertThat(calendar.getAsLong()).isEqualTo(now + set);
    }
}
