package io.socksgateway.core.quota;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** What the traffic of a subject is counted over. A period begins where the calendar of its time zone says so. */
public enum Period {
    HOUR,
    DAY,
    /** From Monday on. */
    WEEK,
    MONTH;

    /** No period is longer, in milliseconds. */
    public static final long LONGEST = Duration.ofDays(32).toMillis();

    /** When the period began that this moment is in; milliseconds since 1970. */
    public long startOf(long now, ZoneId zone) {
        return start(at(now, zone)).toInstant().toEpochMilli();
    }

    /** When the next one begins. */
    public long endOf(long now, ZoneId zone) {
        ZonedDateTime start = start(at(now, zone));
        ZonedDateTime end =
                switch (this) {
                    case HOUR -> start.plusHours(1);
                    case DAY -> midnight(start.plusDays(1));
                    case WEEK -> midnight(start.plusWeeks(1));
                    case MONTH -> midnight(start.plusMonths(1));
                };
        return end.toInstant().toEpochMilli();
    }

    private static ZonedDateTime at(long now, ZoneId zone) {
        return Instant.ofEpochMilli(now).atZone(zone);
    }

    private ZonedDateTime start(ZonedDateTime now) {
        return switch (this) {
            case HOUR -> now.truncatedTo(ChronoUnit.HOURS);
            case DAY -> midnight(now);
            case WEEK -> midnight(now.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> midnight(now.with(TemporalAdjusters.firstDayOfMonth()));
        };
    }

    /** The first moment of the day, which is not 00:00 where clocks are put forward at midnight. */
    private static ZonedDateTime midnight(ZonedDateTime day) {
        return day.toLocalDate().atStartOfDay(day.getZone());
    }
}
