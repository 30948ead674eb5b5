package io.socksgateway.core.store;

import org.jspecify.annotations.Nullable;

/**
 * What a counter holds at the moment.
 *
 * <p>Immutable.
 *
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
}
