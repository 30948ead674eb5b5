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

    private boolean incomplete;

    void saw(String login, @Nullable String name) {
        if (name == null) {
            return;
        }
        logins.remove(name);
        if (!login.equals(name)) {
            logins.put(name, login);
        }
        if (logins.size() > MAX_NAMES) {
            logins.remove(logins.keySet().iterator().next());
            incomplete = true;
        }
    }

    /** What a user has logged in with; null if that is not known any more. */
    @Nullable
    String loginOf(String name) {
        String login = logins.get(name);
        return login == null && !incomplete ? name : login;
    }
}
