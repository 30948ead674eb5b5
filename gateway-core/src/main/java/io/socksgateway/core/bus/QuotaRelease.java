package io.socksgateway.core.bus;

/**
 * Gives back what was granted to a session. For a session that holds nothing it does nothing.
 *
 * <p>Immutable.
 */
public record QuotaRelease(String session) {}
