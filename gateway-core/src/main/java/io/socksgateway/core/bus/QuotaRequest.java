package io.socksgateway.core.bus;

import io.socksgateway.core.quota.QuotaSubject;

/**
 * Asks to count a session under every quota that concerns it: under all, or under none.
 *
 * <p>Immutable.
 */
public record QuotaRequest(String session, QuotaSubject subject) {}
