package io.socksgateway.core.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads a configuration from a file, or from all {@code *.json} of a folder in name order, merged.
 *
 * <p>Thread-safe; files are read on worker threads.
 */
public final class ConfigLoader {

    private final Vertx vertx;
    private final Function<String, @Nullable String> environment;

    /** A part of the configuration: a file's document, or why there is none. */
    private record Part(
            @Nullable JsonObject document, @Nullable ConfigError error) {}

    /** A loader that looks secrets up in the environment of the process. */
    public ConfigLoader(Vertx vertx) {
        this(vertx, System::getenv);
    }

    /**
     * @param environment the environment's variables, null for one that is not set
     */
    public ConfigLoader(Vertx vertx, Function<String, @Nullable String> environment) {
        this.vertx = vertx;
        this.environment = environment;
    }

    /** Reads it anew each time. Files that are missing, unreadable or no JSON are errors in the result. */
    public Future<LoadedConfig> load(Path fileOrFolder) {
        return load(fileOrFolder, LoadedConfig.Invalid::new, (folder, merged) -> new ConfigReader(folder, environment)
                .read(merged));
    }

    /**
     * Which versions of its files are there; empty for one that cannot be seen. Blocks.
     *
     * @param others files to be looked at too, such as those of {@link LoadedConfig.Valid#secretFiles}
     */
    public static Map<Path, Optional<FileVersion>> versions(Path fileOrFolder, Set<Path> others) {
        return Stream.concat(ConfigFiles.at(fileOrFolder).files().stream(), others.stream())
                .distinct()
                .collect(Collectors.toMap(Function.identity(), file -> Optional.ofNullable(FileVersion.of(file))));
    }

    /**
     * Reads of section {@code admin} alone what a client needs, whatever is wrong with the rest.
     *
     * @param token whether the token is asked for
     * @param certificate whether the certificate is asked for
     */
    public Future<AdminAccess> loadAccess(Path fileOrFolder, boolean token, boolean certificate) {
        return load(fileOrFolder, AdminAccess.Wrong::new, (folder, merged) -> new AdminAccessReader(
                        folder, environment, token, certificate)
                .read(merged));
    }

    /**
     * Loads the files.
     *
     * @param wrong what there is if they cannot be read
     * @param read what their folder and the document that they make come to; may block
     */
    private <T> Future<T> load(
            Path fileOrFolder, Function<List<ConfigError>, T> wrong, BiFunction<Path, JsonObject, T> read) {
        return vertx.executeBlocking(() -> ConfigFiles.at(fileOrFolder)).compose(files -> {
            if (!files.errors().isEmpty()) {
                return Future.succeededFuture(wrong.apply(files.errors()));
            }
            List<Future<Part>> parts = files.files().stream().map(this::part).toList();
            return Future.all(parts).compose(all -> merge(files.folder(), all.list(), wrong, read));
        });
    }

    private <T> Future<T> merge(
            Path folder, List<Part> parts, Function<List<ConfigError>, T> wrong, BiFunction<Path, JsonObject, T> read) {
        List<ConfigError> errors =
                parts.stream().map(Part::error).filter(Objects::nonNull).toList();
        if (!errors.isEmpty()) {
            return Future.succeededFuture(wrong.apply(errors));
        }
        JsonObject merged = JsonMerge.of(
                parts.stream().map(Part::document).filter(Objects::nonNull).toList());
        return vertx.executeBlocking(() -> read.apply(folder, merged));
    }

    /** One retriever for each file: a shared one would stop at the first file that fails, and merge in its own way. */
    private Future<Part> part(Path file) {
        ConfigStoreOptions store = new ConfigStoreOptions()
                .setType(PlainFileStoreFactory.TYPE)
                .setFormat(StrictJsonProcessor.FORMAT)
                .setConfig(new JsonObject().put("path", file.toAbsolutePath().toString()));
        ConfigRetriever retriever = ConfigRetriever.create(
                vertx,
                new ConfigRetrieverOptions()
                        .setIncludeDefaultStores(false)
                        .setScanPeriod(-1)
                        .addStore(store));
        return retriever
                .getConfig()
                .map(document -> new Part(document, null))
                .otherwise(cause -> new Part(null, error(file, cause)))
                .eventually(retriever::close);
    }

    private static ConfigError error(Path file, Throwable cause) {
        return cause instanceof JsonSyntaxException syntax
                ? new ConfigError(file.toString(), syntax.reason(), syntax.hint())
                : new ConfigError(file.toString(), "cannot be read: " + FileTrouble.of(cause), "");
    }
}
