package io.socksgateway.auth;

import io.socksgateway.core.config.AuthConfig;
import java.util.List;

/**
 * What is wrong with the users of a configuration: hashes, names and files. Each entry begins with its path in the
 * configuration or with its file and line, and holds no password or hash.
 *
 * <p>Immutable.
 *
 * @param errors with any of them the {@link AuthVerticle} does not start
 * @param warnings what works and should be better; not known while there are errors
 */
public record AuthCheck(List<String> errors, List<String> warnings) {

    public AuthCheck {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Reads all that the configuration names. Blocks. */
    public static AuthCheck of(AuthConfig config) {
        try {
            return new AuthCheck(List.of(), Sources.read(config).warnings(config));
        } catch (UserSourceException e) {
            return new AuthCheck(e.problems(), List.of());
        }
    }
}
