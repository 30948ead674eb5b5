package io.socksgateway.deploy;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The start of the process: {@code socks-gateway COMMAND}. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        StandardErrorLog.use();
        int exitCode;
        try {
            exitCode = execute(args);
        } finally {
            Logging.close();
        }
        System.exit(exitCode);
    }

    /** Runs a command in this process and returns its exit code. */
    static int execute(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        for (String argument : args) {
            if (Undecoded.isIn(argument)) {
                err.println("'" + argument + "': some of it is no text (expected: " + Undecoded.EXPECTED + ")");
                return ExitCode.USAGE;
            }
        }
        Optional<RunArguments> run = RunArguments.of(args);
        return run.isPresent() ? run(run.get(), out, err) : Commands.execute(out, err, args);
    }

    private static int run(RunArguments arguments, PrintWriter out, PrintWriter err) {
        try {
            Service.run(arguments, out);
            return ExitCode.OK;
        } catch (CommandFailure | InterruptedException e) {
            Logging.close(); // what led to it comes first
            return FailureReport.write(e, err);
        }
    }
}
