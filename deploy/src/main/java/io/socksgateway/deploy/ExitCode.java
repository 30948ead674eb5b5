package io.socksgateway.deploy;

/** What the process ends with; 2, wrong usage, is picocli's own. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    /** A supervisor should not restart after this one. */
    static final int WRONG_CONFIGURATION = 23;

    private ExitCode() {}
}
