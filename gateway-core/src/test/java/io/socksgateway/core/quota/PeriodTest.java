package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeriodTest {

    @ParameterizedTest
    @CsvSource({
        "HOUR,  UTC,              2026-11-22T09:26:38Z, 2026-11-22T09:00:00Z, 2026-11-22T10:00:00Z",
        "DAY,   UTC,              2026-11-22T09:26:38Z, 2026-11-22T00:00:00Z, 2026-11-23T00:00:00Z",
        "WEEK,  UTC,              2026-11-22T09:26:38Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "WEEK,  UTC,              2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "MONTH, UTC,              2026-12-31T23:59:59Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "MONTH, UTC,              2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "DAY,   Europe/Berlin,    2026-11-22T23:30:00Z, 2026-11-22T23:00:00Z, 2026-11-23T23:00:00Z",
        "MONTH, Asia/Tokyo,       2026-11-30T15:00:00Z, 2026-11-30T15:00:00Z, 2026-12-31T15:00:00Z",
        // the days on which clocks are changed have 23 and 25 hours
        "DAY,   Europe/Berlin,    2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY,   Europe/Berlin,    2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        // each of the two hours after two o'clock is an hour
        "HOUR,  Europe/Berlin,    2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
        "HOUR,  Europe/Berlin,    2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z, 2026-10-25T02:00:00Z",
        "HOUR,  Asia/Kolkata,     2026-11-22T09:26:38Z, 2026-11-22T08:30:00Z, 2026-11-22T09:30:00Z",
        // clocks go forward at midnight: the day begins at one
        "DAY,   Africa/Cairo,     2026-04-24T12:00:00Z, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z"
    })
    void beginsAndEndsWithTheCalendarOfItsZone(Period period, String zone, Instant now, Instant start, Instant end) {
        ZoneId id = ZoneId.of(zone);
        assertThat(Instant.ofEpochMilli(period.startOf(now.toEpochMilli(), id))).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(period.endOf(now.toEpochMilli(), id))).isEqualTo(end);
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void theEndOfOneIsTheStartOfTheNext(Period period) {
        ZoneId zone = ZoneId.of("America/New_York");
        long start = period.startOf(Instant.parse("2026-01-15T00:00:00Z").toEpochMilli(), zone);
        for (int i = 0; i < 800; i++) {
            long end = period.endOf(start, zone);
            assertThat(end).isGreaterThan(start);
            assertThat(period.startOf(end - 1, zone)).isEqualTo(start);
            assertThat(period.startOf(end, zone)).isEqualTo(end);
            start = end;
        }
    }

    @Test
    void whatCountsIsOneDirectionOrBoth() {
        assertThat(TrafficLimit.Counted.TOTAL.includes(Direction.UP)).isTrue();
        assertThat(TrafficLimit.Counted.TOTAL.includes(Direction.DOWN)).isTrue();
        assertThat(TrafficLimit.Counted.UP.includes(Direction.UP)).isTrue();
        assertThat(TrafficLimit.Counted.UP.includes(Direction.DOWN)).isFalse();
        assertThat(TrafficLimit.Counted.DOWN.includes(Direction.DOWN)).isTrue();
        assertThat(TrafficLimit.Counted.DOWN.includes(Direction.UP)).isFalse();
    }
}
