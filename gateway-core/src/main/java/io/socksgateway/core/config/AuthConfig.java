package io.socksgateway.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code auth}. The users given here are asked first, then the file authenticators in order.
 *
 * <p>Immutable.
 *
 * @param identd null if there is no such authenticator
 */
public record AuthConfig(
        List<FileAuthenticator> files,
        List<User> users,
        @Nullable Identd identd) {

    public AuthConfig {
        files = List.copyOf(files);
        users = List.copyOf(users);
    }

    /**
     * An authenticator of type {@code file}.
     *
     * @param path absolute; a relative one in the configuration is relative to the configuration file
     */
    public record FileAuthenticator(String name, Path path) {}

    /**
     * An authenticator of type {@code identd}: for the SOCKS4 clients of listeners with that method.
     *
     * @param port of the clients' identds
     */
    public record Identd(String name, int port) {
        public static final int DEFAULT_PORT = 113;
    }

    /** An entry of {@code users}. */
    public record User(String name, Secret password, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }
    }
}
