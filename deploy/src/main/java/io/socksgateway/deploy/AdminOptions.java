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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            description = {
                "A file with the token, instead of that of --config.",
                "Without both: the environment's " + TOKEN_VARIABLE + "."
            })
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "CAs to trust, in PEM, instead of the certificate of --config or the CAs of the system.")
    private @Nullable Path authorities;

    @Option(names = "--cert", paramLabel = "FILE", description = "A certificate of your own to show, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The key of --cert.")
    private @Nullable Path key;

    @Option(names = "--json", description = "Prints JSON, as the API has it.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

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
        checkUsage();
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

    private void checkUsage() {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(spec.commandLine(), "--cert and --key belong together.");
        }
        if (url != null) {
            try {
                AdminAddress unused = AdminAddress.at(url, null, null);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--admin " + e.getMessage(), e);
            }
        }
    }

    /** What the configuration says, but for what an option says. */
    private AdminAddress address(Vertx vertx) throws CommandFailure {
        AdminAddress address = config == null
                ? AdminAddress.at(url == null ? DEFAULT_URL : url, environmentToken(), null)
                : configured(configured(vertx, config));
        if (tokenFile != null) {
            address = address.with(token(tokenFile));
        }
        if (authorities != null) {
            address = address.trusting(authorities);
        }
        return address.showing(certificate, key);
    }

    private AdminAddress configured(AdminConfig admin) {
        return url == null ? AdminAddress.of(admin) : AdminAddress.at(url, admin);
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

    private static @Nullable Secret environmentToken() {
        String value = System.getenv(TOKEN_VARIABLE);
        return value == null || value.isEmpty() ? null : new Secret(value);
    }

    private static Secret token(Path file) throws CommandFailure {
        try {
            return new Secret(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    List.of("--token-file " + file + " cannot be read: "
                            + e.getClass().getSimpleName()));
        }
    }
}
