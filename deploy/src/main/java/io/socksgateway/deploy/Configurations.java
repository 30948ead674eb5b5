package io.socksgateway.deploy;

import io.socksgateway.auth.AuthCheck;
import io.socksgateway.cluster.ClusterCheck;
import io.socksgateway.core.config.ConfigError;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.ConfigReader;
import io.socksgateway.core.config.DefaultConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gets the configuration that a command was given, with everything checked that can be without opening a port. */
final class Configurations {

    /** What reading the files takes at the most. */
    static final long LOADING_SECONDS = 30;

    private Configurations() {}

    /**
     * A valid configuration; its users and their hashes are looked at too.
     *
     * @param file file or folder, or null for the default
     * @param listen where the first listener shall be instead, or null
     * @throws CommandFailure with all errors if it is not valid
     */
    static LoadedConfig.Valid load(Vertx vertx, @Nullable Path file, @Nullable HostPort listen) throws CommandFailure {
        return valid(read(vertx, file, listen));
    }

    /**
     * The same, with no more looked at than itself.
     *
     * @throws CommandFailure if it is not known in time what is in the files
     */
    static LoadedConfig read(Vertx vertx, @Nullable Path file, @Nullable HostPort listen) throws CommandFailure {
        return file == null ? byDefault(listen) : fromFile(vertx, file, listen);
    }

    /**
     * One that was read, if it is valid; its users and their hashes are looked at too.
     *
     * @throws CommandFailure with all errors if it is not valid
     */
    static LoadedConfig.Valid valid(LoadedConfig loaded) throws CommandFailure {
        if (loaded instanceof LoadedConfig.Invalid invalid) {
            throw wrong(invalid.errors().stream().map(Object::toString).toList());
        }
        LoadedConfig.Valid valid = (LoadedConfig.Valid) loaded;
        List<ConfigError> cluster = ClusterCheck.errors(valid.config().cluster());
        if (!cluster.isEmpty()) {
            throw wrong(cluster.stream().map(Object::toString).toList());
        }
        AuthCheck users = AuthCheck.of(valid.config().auth(), PluginFolder.ofDistribution());
        if (!users.errors().isEmpty()) {
            throw wrong(users.errors());
        }
        return valid;
    }

    /** What is valid and yet hardly meant, in the configuration and in the files that it names. */
    static List<String> warnings(LoadedConfig.Valid valid) {
        List<String> warnings =
                new ArrayList<>(valid.warnings().stream().map(Object::toString).toList());
        warnings.addAll(AuthCheck.of(valid.config().auth(), PluginFolder.ofDistribution())
                .warnings());
        return warnings;
    }

    private static LoadedConfig byDefault(@Nullable HostPort listen) {
        HostPort at = listen == null ? new HostPort(DefaultConfig.HOST, DefaultConfig.PORT) : listen;
        return new ConfigReader(Path.of(""), System::getenv).read(DefaultConfig.json(at.host(), at.port()));
    }

    private static LoadedConfig fromFile(Vertx vertx, Path file, @Nullable HostPort listen) throws CommandFailure {
        LoadedConfig loaded;
        try {
            loaded = new ConfigLoader(vertx).load(file).await(LOADING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw wrong(List.of(file + ": cannot be read: no answer in " + LOADING_SECONDS + " s"));
        }
        if (listen == null || !(loaded instanceof LoadedConfig.Valid valid)) {
            return loaded;
        }
        Path folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
        return new ConfigReader(folder == null ? Path.of("") : folder, System::getenv)
                .read(withListener(valid.source(), listen));
    }

    private static JsonObject withListener(JsonObject source, HostPort listen) {
        JsonObject changed = source.copy();
        JsonArray listeners = changed.getJsonArray("listeners", new JsonArray());
        JsonObject first = listeners.isEmpty() ? new JsonObject() : listeners.getJsonObject(0);
        first.put("host", listen.host()).put("port", listen.port());
        if (listeners.isEmpty()) {
            listeners.add(first);
        }
        return changed.put("listeners", listeners);
    }

    /** What is wrong with the configuration, for the terminal. */
    static CommandFailure wrong(List<String> errors) {
        List<String> lines = new ArrayList<>(errors);
        lines.add(
                errors.size() == 1
                        ? "The configuration has 1 error."
                        : "The configuration has %d errors.".formatted(errors.size()));
        return new CommandFailure(ExitCode.WRONG_CONFIGURATION, lines);
    }
}
