package io.socksgateway.deploy;

import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.FileVersion;
import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a gateway has its configuration from, now and when it is read again; knows what it has read.
 *
 * <p>Thread-safe.
 */
final class ConfigSource {

    private final RunArguments arguments;
    private volatile Map<Path, Optional<FileVersion>> read = Map.of();

    /**
     * @param arguments what the gateway was started with, which also holds for what is read again
     */
    ConfigSource(RunArguments arguments) {
        this.arguments = arguments;
    }

    /** File or folder; null if there is nothing to read again. */
    @Nullable
    Path path() {
        return arguments.config();
    }

    /** Reads it, whole or not at all. Blocks. */
    LoadedConfig.Valid load(Vertx vertx) throws CommandFailure {
        Path path = arguments.config();
        // before it is read: that takes long enough for somebody to change it meanwhile
        Map<Path, Optional<FileVersion>> versions = path == null ? Map.of() : ConfigLoader.versions(path, Set.of());
        LoadedConfig loaded = Configurations.read(vertx, path, arguments.listen());
        Map<Path, Optional<FileVersion>> all = new HashMap<>(loaded.secretFiles());
        all.putAll(versions);
        read = Map.copyOf(all);
        return Configurations.valid(loaded);
    }

    /**
     * The files that were read last, valid or not, with those of the secrets that they name; in which version, which is empty
     * for one that could not be seen.
     */
    Map<Path, Optional<FileVersion>> read() {
        return read;
    }
}
