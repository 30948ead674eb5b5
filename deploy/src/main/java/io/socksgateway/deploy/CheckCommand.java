package io.socksgateway.deploy;

import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: whether a configuration would run; opens no port. */
@Command(
        name = "check",
        description = "Says everything that is wrong with a configuration. Opens no port.",
        footer = {"", "Exit code 23 if there is an error; warnings do not count."})
final class CheckCommand implements Callable<Integer> {

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE-OR-FOLDER",
            description = "The configuration: a JSON file, or a folder with *.json.")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Logging.quiet();
        Vertx vertx = Vertx.vertx(Transport.options());
        try {
            LoadedConfig.Valid valid = Configurations.load(vertx, config, null);
            valid.warnings().forEach(warning -> out.println("warning: " + warning));
            out.println(config + ": OK");
            return ExitCode.OK;
        } finally {
            vertx.close().await();
        }
    }
}
