package io.socksgateway.auth;

/** Nobody can tell, and who throws it has seen to the log: one line for a whole flood. */
class ReportedException extends AuthException {

    private static final long serialVersionUID = 1;

    ReportedException(String message) {
        super(message);
    }
}
