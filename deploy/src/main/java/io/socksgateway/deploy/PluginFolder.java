package io.socksgateway.deploy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Where the distribution has jars of plug-ins for every configuration: {@code plugins/} beside {@code lib/}. */
final class PluginFolder {

    private static final String NAME = "plugins";

    private PluginFolder() {}

    /** The folder, which need not be there; null if this does not run from a distribution. */
    static @Nullable Path ofDistribution() {
        CodeSource source = PluginFolder.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? null
                    : besideLibraries(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | SecurityException e) {
            return null; // from somewhere that is no file
        }
    }

    /**
     * The folder for a jar of the distribution.
     *
     * @return null if it is no jar in a folder
     */
    static @Nullable Path besideLibraries(Path jar) {
        Path home = jar.toString().endsWith(".jar") && jar.getParent() != null
                ? jar.getParent().getParent()
                : null;
        return home == null ? null : home.resolve(NAME);
    }
}
