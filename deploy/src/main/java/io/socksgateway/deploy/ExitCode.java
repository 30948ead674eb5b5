package io.socksgateway.deploy;

/** What the process ends with. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    /** As picocli has it. */
    static final int USAGE = 2;
    /** A supervisor should not restart after this one. */
    static final int WRONG_CONFIGURATION = 23;

    private ExitCode() {}
}
