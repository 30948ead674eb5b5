package io.socksgateway.auth;

/** An answer of a plug-in that is none of the contract. The message quotes nothing of it, which might be the password. */
final class PluginNonsense extends RuntimeException {

    private static final long serialVersionUID = 1;

    PluginNonsense(String message) {
        super(message);
    }
}
