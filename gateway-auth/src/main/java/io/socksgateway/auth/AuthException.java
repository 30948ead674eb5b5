package io.socksgateway.auth;

/** Nobody can tell whether credentials are right. The message is our own and holds none of them, so it may be logged. */
class AuthException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuthException(String message) {
        super(message);
    }
}
