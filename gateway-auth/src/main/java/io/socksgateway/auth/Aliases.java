package io.socksgateway.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that users have last logged in with, where these are not their names: an address of e-mail, or another spelling. To
 * ask about a user again takes the same name.
 *
 * <p>Confined to its event loop.
 */
final class Aliases {

    static final int MAX_NAMES = 10_000;

    /** By the user's name; the one that was seen longest ago first. */
    private final Map<String, String> logins = new LinkedHashMap<>();

    void saw(String login, @Nullable String name) {
        if (name == null) {
            return;
        }
        logins.remove(name);
        logins.put(name, login);
        if (logins.size() > MAX_NAMES) {
            logins.remove(logins.keySet().iterator().next());
        }
    }

    /** What a user has logged in with; null if that is not known, as it was too long ago, or before a reload. */
    @Nullable
    String loginOf(String name) {
        return logins.get(name);
    }
}
