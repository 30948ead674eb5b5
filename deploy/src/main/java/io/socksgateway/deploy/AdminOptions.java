package io.socksgateway.deploy;

import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.deploy.remote.AdminAddress;
import io.socksgateway.deploy.remote.AdminClient;
import io.socksgateway.deploy.remote.AdminException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a running gateway. */
final class AdminOptions {

    private static final String DEFAULT_URL = "http://127.0.0.1:9090";
    private static final String TOKEN_VARIABLE = "GATEWAY_ADMIN_TOKEN";
    private static final long LOADING_SECONDS = 30;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE-OR-FOLDER",
            description = "The configuration of the gateway: its section admin tells where it is and the token.")
    private @Nullable Path config;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = {"The admin endpoint, instead of that of --config.", "Without both: " + DEFAULT_URL + "."})
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = {"A file with the token.", "Without it: the environment's " + TOKEN_VARIABLE + "."})
    private @Nullable Path tokenFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "CAs to trust, in PEM, instead of those of the system.")
    private @Nullable Path authorities;

    @Option(names = "--cert", paramLabel = "FILE", description = "A certificate of your own to show, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The key of --cert.")
    private @Nullable Path key;

    @Option(names = "--json", description = "Prints JSON, as the API has it.")
    private boolean json;

    /** What a command asks. */
    @FunctionalInterface
    interface Task {
        void run(AdminClient client, Vertx vertx) throws AdminException, CommandFailure;
    }

    boolean json() {
        return json;
    }

    /** Whether a running gateway is meant, and not only its configuration. */
    boolean namesEndpoint() {
        return url != null;
    }

    @Nullable
    Path config() {
        return config;
    }

    /** Runs a task against the endpoint; fails with what the user can mend. */
    int run(Task task) throws CommandFailure {
        Logging.quiet();
        Vertx vertx = Vertx.vertx(Transport.options());
        try {
            task.run(new AdminClient(vertx, address(vertx)), vertx);
            return ExitCode.OK;
        } catch (AdminException e) {
            throw new CommandFailure(ExitCode.FAILED, e.lines());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.FAILED, List.of(String.valueOf(e.getMessage())));
        } finally {
            vertx.close().await();
        }
    }

    private AdminAddress address(Vertx vertx) throws CommandFailure {
        if ((certificate == null) != (key == null)) {
            throw new CommandFailure(ExitCode.FAILED, List.of("--cert and --key belong together."));
        }
        AdminAddress address = url == null && config != null
                ? AdminAddress.of(configured(vertx, config))
                : AdminAddress.at(url == null ? DEFAULT_URL : url, token(), authorities);
        return address.showing(certificate, key);
    }

    private static AdminConfig configured(Vertx vertx, Path file) throws CommandFailure {
        LoadedConfig loaded;
        try {
            loaded = new ConfigLoader(vertx).loadSection(file, "admin").await(LOADING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(ExitCode.FAILED, List.of(file + ": cannot be read: no answer"));
        }
        if (loaded instanceof LoadedConfig.Invalid invalid) {
            throw new CommandFailure(
                    ExitCode.WRONG_CONFIGURATION,
                    invalid.errors().stream().map(Object::toString).toList());
        }
        AdminConfig admin = ((LoadedConfig.Valid) loaded).config().admin();
        if (admin == null) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    List.of(
                            file + " has no section admin, so the gateway has no admin endpoint.",
                            "Add one: \"admin\": { \"token\": { \"env\": \"" + TOKEN_VARIABLE + "\" } }"));
        }
        return admin;
    }

    private @Nullable Secret token() throws CommandFailure {
        if (tokenFile == null) {
            String value = System.getenv(TOKEN_VARIABLE);
            return value == null || value.isEmpty() ? null : new Secret(value);
        }
        try {
            return new Secret(
                    Files.readString(tokenFile, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    List.of("--token-file " + tokenFile + " cannot be read: "
                            + e.getClass().getSimpleName()));
        }
    }
}
