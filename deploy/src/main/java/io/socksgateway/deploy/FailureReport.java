package io.socksgateway.deploy;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command failed: what is expected in a line, what is not with its stack trace. */
final class FailureReport implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof CommandFailure expected) {
            expected.lines().forEach(command.getErr()::println);
            return expected.exitCode();
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.FAILED;
    }
}
