package io.socksgateway.core.rules;

import java.util.Optional;

/**
 * Ports from {@code first} to {@code last}, both included.
 *
 * <p>Immutable.
 */
public record PortRange(int first, int last) {

    /** Parses {@code 443} or {@code 8000-8999}; nothing if a number is above 65535 or the first above the last. */
    public static Optional<PortRange> parse(String text) {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : port(text.substring(dash + 1));
        return first < 0 || last < first ? Optional.empty() : Optional.of(new PortRange(first, last));
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535 ? Integer.parseInt(text) : -1;
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
