package io.socksgateway.core.bus;

/** A plug-in has no answer. The message is our own: what a plug-in says of a failure might quote the credentials. */
public final class PluginSilence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What became of the question. */
    public enum Kind {
        /** Not answered in time. */
        TIMEOUT,
        /** Nobody is there to take it. */
        NOBODY,
        /** Taken, and answered with a failure. */
        FAILED,
        /** Answered in a form that is none of the contract. */
        NO_JSON
    }

    private final Kind kind;

    PluginSilence(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
