package io.socksgateway.auth;

/** More logins than can be checked in time. Who throws it has logged it: one line for a whole flood. */
final class OverloadException extends AuthException {

    private static final long serialVersionUID = 1;

    OverloadException(String message) {
        super(message);
    }
}
