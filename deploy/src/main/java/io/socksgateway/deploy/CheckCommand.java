package io.socksgateway.deploy;

import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

    @Option(names = "--json", description = "Prints JSON: valid, errors, warnings.")
    private boolean json;

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
            List<String> warnings = Configurations.warnings(valid);
            if (json) {
                Printing.json(out, answer(true, List.of(), warnings));
            } else {
                warnings.forEach(warning -> out.println("warning: " + warning));
                out.println(config + ": OK");
            }
            return ExitCode.OK;
        } catch (CommandFailure e) {
            if (!json) {
                throw e;
            }
            List<String> errors = e.lines().subList(0, Math.max(1, e.lines().size() - 1)); // the last counts them
            Printing.json(out, answer(false, errors, List.of()));
            return e.exitCode();
        } finally {
            vertx.close().await();
        }
    }

    private static JsonObject answer(boolean valid, List<String> errors, List<String> warnings) {
        return new JsonObject()
                .put("valid", valid)
                .put("errors", new JsonArray(errors))
                .put("warnings", new JsonArray(warnings));
    }
}
