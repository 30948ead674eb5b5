package io.socksgateway.core.store;

/**
 * How a database that traffic is written down in gets on.
 *
 * <p>Immutable.
 *
 * @param name {@code node} for the file of what a node counts alone, {@code cluster} for what all count together
 * @param working whether the last that was tried went well; also if nothing was tried yet
 * @param known whether what was used before the start has been read
 * @param pending counters that have changed and wait to be written
 * @param written counters that were written so far; one that changes quickly is written less often than it changes
 * @param failures times that reading or writing failed
 * @param lastSuccess when it was last read or written, in milliseconds since 1970; 0 for never
 * @param lastFailure when that failed, likewise
 */
public record UsageStoreStatus(
        String name,
        boolean working,
        boolean known,
        int pending,
        long written,
        long failures,
        long lastSuccess,
        long lastFailure) {}
