package io.socksgateway.core.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Section {@code auth}. The users given here are asked first, then the authenticators in order.
 *
 * <p>Immutable.
 */
public record AuthConfig(List<AuthenticatorConfig> authenticators, List<User> users) {

    public AuthConfig {
        authenticators = List.copyOf(authenticators);
        users = List.copyOf(users);
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
