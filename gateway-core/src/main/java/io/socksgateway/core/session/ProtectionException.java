package io.socksgateway.core.session;

/** A message that is not what its sender is supposed to have protected. The text is for the log and holds none of it. */
public final class ProtectionException extends Exception {

    private static final long serialVersionUID = 1L;

    public ProtectionException(String message) {
        super(message, null, false, false); // it is the client's doing, and may come often
    }
}
