package io.socksgateway.deploy.remote;

import java.util.Locale;

/** Quantities as people read them in a table. */
public final class Quantity {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final int STEP = 1_000;

    private Quantity() {}

    /** {@code 999 B}, {@code 1.5 MB}: decimal, as limits of traffic usually are. */
    public static String octets(long count) {
        double value = count;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** {@code 12s}, {@code 3m05s}, {@code 2h04m}, {@code 5d03h}. */
    public static String time(long millis) {
        long seconds = millis / 1_000;
        if (seconds < 60) {
            return seconds + "s";
        } else if (seconds < 3_600) {
            return "%dm%02ds".formatted(seconds / 60, seconds % 60);
        } else if (seconds < 86_400) {
            return "%dh%02dm".formatted(seconds / 3_600, seconds % 3_600 / 60);
        }
        return "%dd%02dh".formatted(seconds / 86_400, seconds % 86_400 / 3_600);
    }
}
