package io.socksgateway.core.config;

/**
 * One thing in a valid configuration that is hardly meant. Never holds the value of a secret.
 *
 * <p>Immutable.
 *
 * @param path where, as {@code auth.users[0].password}
 * @param message what follows from it
 * @param hint what to do about it; may be empty
 */
public record ConfigWarning(String path, String message, String hint) {

    /** One line for a terminal, of the same form as an error. */
    @Override
    public String toString() {
        return ConfigError.line(path, message, hint);
    }
}
