package io.socksgateway.core.config;

import java.nio.file.Path;

/**
 * An entry of {@code auth.authenticators}, one record for each type.
 *
 * <p>Immutable.
 */
public sealed interface AuthenticatorConfig {

    /** For the log; unique. */
    String name();

    /** Whether it can tell if a password is right: whether it makes a login possible. */
    boolean checksPasswords();

    /**
     * Type {@code file}.
     *
     * @param path absolute; a relative one in the configuration is relative to the configuration file
     */
    record UserFile(String name, Path path) implements AuthenticatorConfig {
        @Override
        public boolean checksPasswords() {
            return true;
        }
    }

    /**
     * Type {@code identd}: for the SOCKS4 clients of listeners with that method.
     *
     * @param port of the clients' identds
     */
    record Identd(String name, int port) implements AuthenticatorConfig {
        public static final int DEFAULT_PORT = 113;

        @Override
        public boolean checksPasswords() {
            return false;
        }
    }
}
