package io.socksgateway.deploy;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code socks-gateway COMMAND}. */
@Command(
        name = "socks-gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A SOCKS 4, 4a and 5 gateway whose limits hold across nodes.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            SchemaCommand.class,
            HashCommand.class,
            SessionsCommand.class,
            KillCommand.class,
            NodesCommand.class,
            QuotasCommand.class,
            BansCommand.class,
            DrainCommand.class,
            ReloadCommand.class,
            ConfigCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            RehearseCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed or not done everywhere, 2 wrong usage, 23 the configuration is wrong."
        })
final class Commands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    /** Runs a command and returns its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return execute(DrainCommand.LOOK_MILLIS, out, err, args);
    }

    /**
     * The same at another pace.
     *
     * @param look milliseconds from one look at a node that drains to the next
     */
    static int execute(long look, PrintWriter out, PrintWriter err, String... args) {
        IFactory usual = CommandLine.defaultFactory();
        IFactory commands = new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == DrainCommand.class ? type.cast(new DrainCommand(look)) : usual.create(type);
            }
        };
        return new CommandLine(new Commands(), commands)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(
                        (failure, command, line) -> FailureReport.write(failure, command.getErr()))
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
