package io.socksgateway.deploy;

import java.io.PrintWriter;

/** Says why a command failed: what is expected in a line, what is not with its stack trace. */
final class FailureReport {

    private FailureReport() {}

    /** Writes it and returns the exit code. */
    static int write(Exception failure, PrintWriter err) {
        if (failure instanceof CommandFailure expected) {
            expected.lines().forEach(err::println);
            return expected.exitCode();
        }
        failure.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
