package io.socksgateway.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one pass over a document finds: errors, warnings, the keys that were asked for, and the files that secrets are in.
 *
 * <p>Confined to the pass.
 */
final class Findings {

    private final List<ConfigError> errors = new ArrayList<>();
    private final List<ConfigWarning> warnings = new ArrayList<>();
    private final Map<Path, Optional<FileVersion>> secretFiles = new HashMap<>();
    private final KnownKeys keys = new KnownKeys();

    void error(String path, String message, String hint) {
        errors.add(new ConfigError(path, message, hint));
    }

    void warn(String path, String message, String hint) {
        warnings.add(new ConfigWarning(path, message, hint));
    }

    /** A file is about to be read that a secret is in. */
    void secretFile(Path file) {
        secretFiles.putIfAbsent(file, Optional.ofNullable(FileVersion.of(file)));
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

    Map<Path, Optional<FileVersion>> secretFiles() {
        return Map.copyOf(secretFiles);
    }

    KnownKeys keys() {
        return keys;
    }
}
