package io.socksgateway.core.bus;

import io.socksgateway.core.session.Identity;

/**
 * Asks the one who has vouched for a client how it stands with it now.
 *
 * <p>Immutable.
 */
public record StandingRequest(Identity identity) {}
