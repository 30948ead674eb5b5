package io.socksgateway.core.store;

import org.jspecify.annotations.Nullable;

/**
 * What a counter holds at the moment.
 *
 * <p>Immutable.
 *
 * @param counter name of the sessions
 * @param sessions open ones
 * @param traffic of a period; null if none is known
 */
public record CounterUse(
        String counter, long sessions, @Nullable Traffic traffic) {

    /**
     * Octets that count.
     *
     * @param period when it began, in milliseconds since 1970
     * @param octets moved, or reserved to be moved
     */
    public record Traffic(long period, long octets) {}

    /**
     * Octets that count.
     *
     * @param since those of a period that began before do not, in milliseconds since 1970
     */
    public long octets(long since) {
        return traffic == null || traffic.period() < since ? 0 : traffic.octets();
    }
}
