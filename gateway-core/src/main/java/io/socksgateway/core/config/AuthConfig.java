package io.socksgateway.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Section {@code auth}. The users given here are asked first, then the authenticators in order.
 *
 * <p>Immutable.
 */
public record AuthConfig(List<FileAuthenticator> authenticators, List<User> users) {

    public AuthConfig {
        authenticators = List.copyOf(authenticators);
        users = List.copyOf(users);
    }

    /**
     * An authenticator of type {@code file}.
     *
     * @param path absolute; a relative one in the configuration is relative to the configuration file
     */
    public record FileAuthenticator(String name, Path path) {}

    /** An entry of {@code users}. */
    public record User(String name, Secret password, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }
    }
}
