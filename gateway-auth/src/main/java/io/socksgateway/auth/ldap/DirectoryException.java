package io.socksgateway.auth.ldap;

/** The directory cannot say who a user is. The message is our own and holds no credentials, so it may be logged. */
public final class DirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DirectoryException(String message) {
        super(message);
    }
}
