package io.socksgateway.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What one pass over a document finds: errors, warnings, and the keys that were asked for.
 *
 * <p>Confined to the pass.
 */
final class Findings {

    private final List<ConfigError> errors = new ArrayList<>();
    private final List<ConfigWarning> warnings = new ArrayList<>();
    private final KnownKeys keys = new KnownKeys();

    void error(String path, String message, String hint) {
        errors.add(new ConfigError(path, message, hint));
    }

    void warn(String path, String message, String hint) {
        warnings.add(new ConfigWarning(path, message, hint));
    }

    /** The number of errors so far; a part without errors leaves it as it was. */
    int errorCount() {
        return errors.size();
    }

    List<ConfigError> errors() {
        return List.copyOf(errors);
    }

    List<ConfigWarning> warnings() {
        return List.copyOf(warnings);
    }

    KnownKeys keys() {
        return keys;
    }
}
