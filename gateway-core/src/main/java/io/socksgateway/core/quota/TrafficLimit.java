package io.socksgateway.core.quota;

import java.time.ZoneId;
import java.util.Locale;

/**
 * How much a subject may move in a period.
 *
 * <p>Immutable.
 *
 * @param octets the most, 0 or more
 * @param zone where its days begin
 */
public record TrafficLimit(long octets, Period per, Counted counted, ZoneId zone) {

    public TrafficLimit {
        if (octets < 0) {
            throw new IllegalArgumentException("limit: " + octets + " (expected: 0 or more)");
        }
    }

    /** Which octets count. */
    public enum Counted {
        TOTAL,
        UP,
        DOWN;

        /** Whether octets of this direction count. */
        public boolean includes(Direction direction) {
            return this == TOTAL || (this == UP) == (direction == Direction.UP);
        }
    }

    /** For the log. */
    @Override
    public String toString() {
        String which = counted == Counted.TOTAL ? "" : counted.name().toLowerCase(Locale.ROOT) + " ";
        return octets + " octets " + which + "per " + per.name().toLowerCase(Locale.ROOT);
    }

    /** What is counted together, whatever the limit: {@code month.total.Europe/Berlin}. */
    public String period() {
        return (per + "." + counted + ".").toLowerCase(Locale.ROOT) + zone.getId();
    }

    public long periodOf(long now) {
        return per.startOf(now, zone);
    }

    public long periodAfter(long now) {
        return per.endOf(now, zone);
    }
}
