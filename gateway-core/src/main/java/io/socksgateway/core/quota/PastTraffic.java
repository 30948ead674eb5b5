package io.socksgateway.core.quota;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/**
 * When a counted traffic belongs to the past, as the name of its counter says: {@code
 * volume/user.month.total.Europe%2FBerlin/alice}.
 *
 * @see QuotaRule#trafficCounter
 */
public final class PastTraffic {

    /**
     * Milliseconds after the end of a period in which somebody may still count in it, as he is late or his clock is behind: were
     * it forgotten by then, it would begin again with nothing used.
     */
    public static final long LATE = 6 * 3_600_000L;

    private PastTraffic() {}

    /**
     * When a period is over.
     *
     * @param counter name of a traffic; of another one, it is as if it were the longest of periods
     * @param period when it began, in milliseconds since 1970
     */
    public static long end(String counter, long period) {
        String[] parts = counter.split("/", 3);
        String[] kind = parts.length < 3 ? parts : parts[1].split("\\.", 4);
        if (kind.length == 4) {
            try {
                ZoneId zone = ZoneId.of(QuotaRule.slashed(kind[3]));
                return Period.valueOf(kind[1].toUpperCase(Locale.ROOT)).endOf(period, zone);
            } catch (DateTimeException | IllegalArgumentException e) {
                return period + Period.LONGEST; // a zone that only another version knows, for instance
            }
        }
        return period + Period.LONGEST;
    }

    /** Whether a period has been over for so long that nobody counts in it any more. */
    public static boolean isPast(String counter, long period, long now) {
        return now - period > LATE && now - end(counter, period) >= LATE;
    }
}
