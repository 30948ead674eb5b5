package io.socksgateway.core.config;

import io.socksgateway.core.quota.BackoffRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Section {@code auth}. The users given here are asked first, then the authenticators in order.
 *
 * <p>Immutable.
 *
 * @param recheck milliseconds from one question about the users who are here to the next; 0 for none
 */
public record AuthConfig(
        List<AuthenticatorConfig> authenticators, List<User> users, BackoffRule backoff, long recheck) {

    /** The default of {@code recheck}: ten minutes. */
    public static final long RECHECK = 600_000;

    public AuthConfig {
        authenticators = List.copyOf(authenticators);
        users = List.copyOf(users);
    }

    /** With the defaults for the rest. */
    public AuthConfig(List<AuthenticatorConfig> authenticators, List<User> users) {
        this(authenticators, users, BackoffRule.DEFAULT, RECHECK);
    }

    /** The authenticators of one type, in order. */
    public <T extends AuthenticatorConfig> Stream<T> authenticators(Class<T> type) {
        return authenticators.stream().filter(type::isInstance).map(type::cast);
    }

    /** Whether there is anybody who could log in with a password. */
    public boolean checksPasswords() {
        return !users.isEmpty() || authenticators.stream().anyMatch(AuthenticatorConfig::checksPasswords);
    }

    /** An entry of {@code users}. */
    public record User(String name, Secret password, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }
    }
}
