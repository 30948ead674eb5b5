package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What reading a configuration comes to: a whole one, or everything that is wrong with it. */
public sealed interface LoadedConfig {

    /**
     * A configuration that can run.
     *
     * <p>Immutable, but for the source, which is not to be changed.
     *
     * @param source the document it was read from, all files merged; holds the passwords that were written into it
     */
    record Valid(GatewayConfig config, JsonObject source, List<ConfigWarning> warnings) implements LoadedConfig {
        public Valid {
            warnings = List.copyOf(warnings);
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
    record Invalid(List<ConfigError> errors) implements LoadedConfig {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }
}
