package io.socksgateway.core.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A duration with its unit, as {@code "500ms"}, {@code "10s"}, {@code "2m"}, {@code "1h"}; read as milliseconds. */
final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final long DAY = 24 * 3_600_000L;

    private DurationText() {}

    /** From 1 ms to 24 h. */
    static final Kind<Long> POSITIVE =
            kind(1, "a duration from \"1ms\" to \"24h\", such as \"500ms\", \"10s\" or \"2m\"");

    /** From 5 s, the least that RFC 1928 section 7 allows a reassembly timer, to 24 h. */
    static final Kind<Long> REASSEMBLY = kind(5_000, "a duration from \"5s\" to \"24h\"");

    /** From 0 to 24 h. */
    static final Kind<Long> OR_ZERO =
            kind(0, "a duration from \"0s\" to \"24h\", such as \"500ms\", \"10s\" or \"2m\"");

    private static Kind<Long> kind(long min, String expected) {
        return new Text<>(expected, (text, at) -> {
            Long millis = millis(text);
            if (millis != null && min <= millis && millis <= DAY) {
                return millis;
            }
            at.unexpected(expected);
            return null;
        });
    }

    private static @Nullable Long millis(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return Long.parseLong(matcher.group(1))
                * switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                };
    }
}
