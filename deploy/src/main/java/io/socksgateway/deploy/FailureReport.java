package io.socksgateway.deploy;

import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says why something failed: in a line, and of what nobody expected also in the log, with its stack trace. */
final class FailureReport {

    private static final Logger LOG = LoggerFactory.getLogger("io.socksgateway");

    private FailureReport() {}

    /** Writes why a command failed, and returns the exit code. */
    static int write(Throwable failure, PrintWriter err) {
        if (failure instanceof CommandFailure expected) {
            expected.lines().forEach(err::println);
            return expected.exitCode();
        }
        LOG.error("not expected", failure);
        err.println("It failed, for a reason that was not expected: " + failure);
        return ExitCode.FAILED;
    }

    /** Writes the stack trace of what {@link #inWords} tells: at once if nobody expected it, or else for who looks closer. */
    static void trace(Logger log, String what, Throwable failure) {
        log.atLevel(failure instanceof Error ? Level.ERROR : Level.DEBUG)
                .setCause(failure)
                .log("{}", what);
    }

    /** Its message; with what it is, if that says too little. */
    static String inWords(Throwable failure) {
        String message = failure.getMessage();
        return message == null || failure instanceof Error ? failure.toString() : message;
    }
}
