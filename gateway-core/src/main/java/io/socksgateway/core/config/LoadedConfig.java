package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What reading a configuration comes to: a whole one, or everything that is wrong with it. */
public sealed interface LoadedConfig {

    /** The files that its secrets were to be read from, in which version; empty for one that could not be seen. */
    Map<Path, Optional<FileVersion>> secretFiles();

    /**
     * A configuration that can run.
     *
     * <p>Immutable, but for the source, which is not to be changed.
     *
     * @param source the document it was read from, all files merged; holds the passwords that were written into it
     */
    record Valid(
            GatewayConfig config,
            JsonObject source,
            List<ConfigWarning> warnings,
            Map<Path, Optional<FileVersion>> secretFiles)
            implements LoadedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
            secretFiles = Map.copyOf(secretFiles);
        }

        /** Leaves the source out, which may hold passwords. */
        @Override
        public String toString() {
            return "Valid[config=" + config + ", warnings=" + warnings + "]";
        }
    }

    /**
     * A configuration that cannot run.
     *
     * <p>Immutable.
     *
     * @param errors all of them, at least one
     */
    record Invalid(List<ConfigError> errors, Map<Path, Optional<FileVersion>> secretFiles) implements LoadedConfig {
        public Invalid {
            errors = List.copyOf(errors);
            secretFiles = Map.copyOf(secretFiles);
        }

        /** One that was not read so far that it names files. */
        Invalid(List<ConfigError> errors) {
            this(errors, Map.of());
        }
    }
}
