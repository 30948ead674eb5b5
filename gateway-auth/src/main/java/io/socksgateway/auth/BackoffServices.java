package io.socksgateway.auth;

import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.store.FailureStore;

/**
 * What the slowing of guesses works with beside its rule.
 *
 * <p>Immutable.
 *
 * @param cluster what nodes tell each other of bans
 * @param failures where failed logins are counted
 */
public record BackoffServices(ClusterBus cluster, FailureStore failures, LoginCounts counts) {}
