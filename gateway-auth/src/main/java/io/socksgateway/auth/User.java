package io.socksgateway.auth;

import io.socksgateway.core.session.Identity;

/**
 * A user that a source knows.
 *
 * <p>Immutable.
 */
record User(Identity identity, PasswordHash password) {}
