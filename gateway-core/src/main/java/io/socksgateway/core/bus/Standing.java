package io.socksgateway.core.bus;

import io.socksgateway.core.session.Identity;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the one who has vouched for a client says of it later. */
public enum Standing {
    /** It would be let in again, as the same. */
    GOOD,
    /** It would be let in, but not by the same name, or not in all of the groups that it was found in: its sessions as that end. */
    CHANGED,
    /** It is unknown or disabled by now: all its sessions end, on all nodes. */
    GONE,
    /** Nobody can tell right now, or at all: its sessions go on. */
    UNTOLD;

    /**
     * Of somebody whom nobody knows any more by the name of the login: {@link #GONE} if it is the user's, whatever its case, else
     * {@link #CHANGED}, as the user may still be there by other names, which are asked about for themselves.
     */
    public static Standing ofUnknown(Identity known) {
        String login = known.login();
        return login == null || login.equalsIgnoreCase(known.user()) ? GONE : CHANGED;
    }

    /** {@link #GOOD} if it is called as before and still in all groups that it was found in, else {@link #CHANGED}. */
    public static Standing of(@Nullable String user, Set<String> groups, Identity known) {
        return Objects.equals(user, known.user()) && groups.containsAll(known.groups()) ? GOOD : CHANGED;
    }
}
