package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import java.nio.charset.StandardCharsets;

/** The reasons that plug-ins give for a rejection, made fit for the log. */
final class PluginReasons {

    private PluginReasons() {}

    /**
     * The reason of a rejection, without control characters, not too long, and not with the secret in it.
     *
     * @param secret the password, or nothing
     * @param otherwise if there is no reason
     * @throws PluginNonsense if it is no text
     */
    static String of(PluginReply reply, byte[] secret, String otherwise) {
        String given = reply.text(PluginContract.REASON, Integer.MAX_VALUE);
        if (given == null || given.isBlank()) {
            return otherwise;
        }
        String password = new String(secret, StandardCharsets.UTF_8);
        if (!password.isEmpty() && given.contains(password)) {
            return "a reason that quotes the password";
        }
        int length = Math.min(given.length(), PluginContract.MAX_REASON);
        return given.substring(0, length).replaceAll("\\p{Cntrl}", "?") + (length < given.length() ? "…" : "");
    }
}
