package io.socksgateway.auth;

import io.socksgateway.core.config.AuthConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** The same, with plug-ins only from where the configuration is. */
    static AuthCheck of(AuthConfig config) {
        return of(config, null);
    }

    /**
     * Reads all that the configuration names, and looks for the classes of plug-ins without deploying them; connects to
     * nothing. Blocks.
     *
     * @param home folder of jars of plug-ins besides that of the configuration, or null
     */
    public static AuthCheck of(AuthConfig config, @Nullable Path home) {
        List<String> errors = new ArrayList<>(Plugins.check(config, home));
        try (JarFolders jars = new JarFolders(home)) {
            errors.addAll(RemoteSources.check(config, jars));
        }
        try {
            List<String> warnings = Sources.read(config).warnings(config);
            return new AuthCheck(errors, errors.isEmpty() ? warnings : List.of());
        } catch (UserSourceException e) {
            errors.addAll(e.problems());
            return new AuthCheck(errors, List.of());
        }
    }
}
