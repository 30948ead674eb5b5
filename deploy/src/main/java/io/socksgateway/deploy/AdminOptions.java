package io.socksgateway.deploy;

import io.socksgateway.core.config.AdminAccess;
import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.ConfigError;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.Secret;
import io.socksgateway.deploy.remote.AdminAddress;
import io.socksgateway.deploy.remote.AdminClient;
import io.socksgateway.deploy.remote.AdminException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            if (json) {
                Printing.json(spec.commandLine().getOut(), e.problem());
            }
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
                : configured(access(vertx, config));
        if (tokenFile != null) {
            address = address.with(token(tokenFile));
        }
        if (authorities != null) {
            address = address.trusting(authorities);
        }
        return address.showing(certificate, key);
    }

    private AdminAddress configured(AdminAccess.Found admin) {
        return url == null ? AdminAddress.of(admin) : AdminAddress.at(url, admin);
    }

    /** What no option says instead. */
    private AdminAccess.Found access(Vertx vertx, Path file) throws CommandFailure {
        AdminAccess access;
        try {
            access = new ConfigLoader(vertx)
                    .loadAccess(file, tokenFile == null, authorities == null)
                    .await(Configurations.LOADING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(ExitCode.FAILED, List.of(file + ": cannot be read: no answer"));
        }
        if (access instanceof AdminAccess.Found found) {
            return found;
        } else if (access instanceof AdminAccess.Wrong wrong) {
            throw wrong(wrong.errors());
        }
        throw new CommandFailure(
                ExitCode.FAILED,
                List.of(
                        file + " has no section admin, so the gateway has no admin endpoint.",
                        "Add one: \"admin\": { \"token\": { \"env\": \"" + TOKEN_VARIABLE + "\" } }"));
    }

    /** What only the gateway has, its user's files and its environment, is not wrong with the configuration. */
    private static CommandFailure wrong(List<ConfigError> errors) {
        List<String> lines = new ArrayList<>();
        for (ConfigError error : errors) {
            lines.add(error.toString());
            if (error.path().equals("admin.token")) {
                lines.add(
                        "--token-file FILE gives the token instead. A variable that systemd sets for the gateway is there"
                                + " after: set -a; . /etc/socks-gateway/environment");
            } else if (error.path().startsWith("admin.tls")) {
                lines.add("--ca FILE says whom to trust instead.");
            }
        }
        return new CommandFailure(ExitCode.WRONG_CONFIGURATION, lines);
    }

    private static @Nullable Secret environmentToken() throws CommandFailure {
        String value = System.getenv(TOKEN_VARIABLE);
        return value == null || value.isBlank() ? null : token(value, "the environment's " + TOKEN_VARIABLE);
    }

    private static Secret token(Path file) throws CommandFailure {
        String name = "--token-file " + file;
        try {
            return token(Files.readString(file, StandardCharsets.UTF_8), name);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    List.of(name + " cannot be read: " + e.getClass().getSimpleName()));
        }
    }

    /** Without what editors and shells put around it. */
    private static Secret token(String text, String source) throws CommandFailure {
        Secret token = new Secret(text.strip());
        if (token.value().isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, List.of(source + " is empty"));
        } else if (!AdminConfig.isToken(token)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    List.of(source + " holds no token (expected: printable ASCII without spaces or line breaks)"));
        }
        return token;
    }
}
