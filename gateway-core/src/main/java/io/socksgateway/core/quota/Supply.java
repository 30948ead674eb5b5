package io.socksgateway.core.quota;

/** What octets are reserved from. */
public sealed interface Supply {

    /**
     * So much in a period.
     *
     * @param period when it began, in milliseconds since 1970
     */
    record Budget(long period, long octets) implements Supply {}

    /** So much in a second, for ever. */
    record Rate(long octetsPerSecond) implements Supply {}
}
