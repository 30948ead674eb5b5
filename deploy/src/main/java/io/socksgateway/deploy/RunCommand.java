package io.socksgateway.deploy;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the gateway itself, until it is told to stop. */
@Command(
        name = RunArguments.COMMAND,
        description = {
            "Runs the gateway until SIGTERM or Ctrl-C.",
            "Without a configuration it listens on 127.0.0.1:1080 and asks for no password."
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = {RunArguments.CONFIG_SHORT, RunArguments.CONFIG},
            paramLabel = "FILE-OR-FOLDER",
            description = "The configuration: a JSON file, or a folder with *.json.")
    private @Nullable Path config;

    @Option(
            names = {RunArguments.LISTEN_SHORT, RunArguments.LISTEN},
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "Where the (first) listener is, instead of where the configuration says.")
    private @Nullable HostPort listen;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Service.run(new RunArguments(config, listen), spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
