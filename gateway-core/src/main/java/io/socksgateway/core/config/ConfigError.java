package io.socksgateway.core.config;

/**
 * One thing that is wrong with a configuration. Never holds the value of a secret.
 *
 * <p>Immutable.
 *
 * @param path where, as {@code listeners[0].port}; the file's name if the file itself cannot be read
 * @param message what is there, the offending input quoted
 * @param hint what would be right; may be empty
 */
public record ConfigError(String path, String message, String hint) {

    /** One line for a terminal: {@code listeners[0].port: 70000 (expected: a whole number from 0 to 65535)}. */
    @Override
    public String toString() {
        return line(path, message, hint);
    }

    static String line(String path, String message, String hint) {
        return path + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")");
    }
}
