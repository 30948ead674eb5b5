package io.socksgateway.auth;

/** A plug-in cannot be used as it is configured. The message begins with its path in the configuration, and has a hint. */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param path in the configuration
     * @param problem what is wrong
     * @param hint what to do about it
     */
    PluginException(String path, String problem, String hint) {
        super(path + ": " + problem + " (" + hint + ")");
    }
}
