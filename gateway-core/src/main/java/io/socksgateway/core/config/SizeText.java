package io.socksgateway.core.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of octets with its unit, as {@code "50GB"} (powers of 1000) or {@code "64KiB"} (powers of 1024), or so many in a
 * second, as {@code "20Mbit/s"} or {@code "2MB/s"}; read as octets.
 */
final class SizeText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([A-Za-z/]{1,6})");

    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    /** In bits. */
    private static final Map<String, Long> BITS =
            Map.of("bit", 1L, "kbit", 1_000L, "Mbit", 1_000_000L, "Gbit", 1_000_000_000L);

    /** Octets; any limit is far below what a number can hold. */
    private static final long MOST = 1L << 60;

    /** Octets a second: fewer would not carry a datagram in a reasonable time, more is no limit. */
    private static final long SLOWEST = 1_000;

    private static final long FASTEST = 125_000_000_000L;

    private SizeText() {}

    /** An amount, 0 or more. */
    static final Kind<Long> SIZE = text("a size such as \"50GB\" or \"64KiB\"", SizeText::octets, 0, MOST);

    /** A rate, from 8 kbit/s to 1000 Gbit/s. */
    static final Kind<Long> RATE = text(
            "a rate from \"8kbit/s\" to \"1000Gbit/s\", such as \"20Mbit/s\" or \"2MB/s\"",
            SizeText::octetsPerSecond,
            SLOWEST,
            FASTEST);

    private interface Reading {
        @Nullable
        Long read(long number, String unit);
    }

    private static Kind<Long> text(String expected, Reading reading, long least, long most) {
        return new Text<>(expected, (text, at) -> {
            Matcher matcher = FORM.matcher(text);
            Long octets = matcher.matches() ? reading.read(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
            if (octets != null && least <= octets && octets <= most) {
                return octets;
            }
            at.unexpected(expected);
            return null;
        });
    }

    private static @Nullable Long octets(long number, String unit) {
        Long factor = UNITS.get(unit);
        return factor == null || number > MOST / factor ? null : Long.valueOf(number * factor);
    }

    private static @Nullable Long octetsPerSecond(long number, String unit) {
        if (!unit.endsWith("/s")) {
            return null;
        }
        String amount = unit.substring(0, unit.length() - 2);
        Long bits = BITS.get(amount);
        return bits == null ? octets(number, amount) : Long.valueOf(number * bits / 8);
    }
}
