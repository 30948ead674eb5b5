package io.socksgateway.deploy;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The start of the process: {@code socks-gateway COMMAND}. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        StandardErrorLog.use();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = guarded(() -> execute(out, err, args), err);
        Logging.close();
        System.exit(exitCode);
    }

    /**
     * Runs a command. Whatever it throws, there is an exit code: without one, threads that it has started would keep a process
     * that serves nobody.
     */
    static int guarded(Callable<Integer> command, PrintWriter err) {
        try {
            return command.call();
        } catch (Throwable e) {
            return FailureReport.write(e, err);
        }
    }

    private static int execute(PrintWriter out, PrintWriter err, String... args) throws InterruptedException {
        for (String argument : args) {
            if (Undecoded.isIn(argument)) {
                err.println("'" + argument + "': some of it is no text (expected: " + Undecoded.EXPECTED + ")");
                return ExitCode.USAGE;
            }
        }
        Optional<RunArguments> run = RunArguments.of(args);
        return run.isPresent() ? run(run.get(), out, err) : Commands.execute(out, err, args);
    }

    private static int run(RunArguments arguments, PrintWriter out, PrintWriter err) throws InterruptedException {
        try {
            Service.run(arguments, out);
            return ExitCode.OK;
        } catch (CommandFailure e) {
            Logging.close(); // what led to it comes first
            return FailureReport.write(e, err);
        }
    }
}
