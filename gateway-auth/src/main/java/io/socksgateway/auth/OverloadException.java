package io.socksgateway.auth;

/** More logins than can be checked in time. */
final class OverloadException extends ReportedException {

    private static final long serialVersionUID = 1;

    OverloadException(String message) {
        super(message);
    }
}
