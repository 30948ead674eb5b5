package io.socksgateway.core.bus;

import io.socksgateway.core.session.Identity;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the one who has vouched for a client says of it later. */
public enum Standing {
    /** It would be let in again, as the same. */
    GOOD,
    /** It would be let in, but under another name, or not in all of the groups that it was found in: its sessions as that end. */
    CHANGED,
    /** It is unknown or disabled by now: all its sessions end, on all nodes. */
    GONE,
    /** Nobody can tell right now, or at all: its sessions go on. */
    UNTOLD;

    /** {@link #GOOD} if it is called as before and still in all groups that it was found in, else {@link #CHANGED}. */
    public static Standing of(@Nullable String user, Set<String> groups, Identity known) {
        return Objects.equals(user, known.user()) && groups.containsAll(known.groups()) ? GOOD : CHANGED;
    }
}
