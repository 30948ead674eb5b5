package io.socksgateway.deploy.explain;

import io.socksgateway.core.bus.Ban;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client gets as far as to be asked what it wants.
 *
 * <p>Immutable.
 *
 * @param obstacle why it does not, in one sentence, or null
 * @param only the listeners by which it does; empty if that makes no difference
 */
record Entrance(@Nullable String obstacle, List<String> only) {

    static final Entrance OPEN = new Entrance(null, List.of());

    Entrance {
        only = List.copyOf(only);
    }

    static Entrance only(List<String> listeners) {
        return new Entrance(null, listeners);
    }

    static Entrance closed(String why) {
        return new Entrance(why, List.of());
    }

    static Entrance closed(Ban ban) {
        long seconds = Math.max(1, TimeUnit.MILLISECONDS.toSeconds(ban.millisLeft()));
        String who = ban.user().isEmpty()
                ? "Client " + ban.client() + " is"
                : "Logins of " + ban.user() + " from " + ban.client() + " are";
        return closed(who + " banned for another " + seconds + " s, as too many have failed.");
    }

    boolean isOpen() {
        return obstacle == null;
    }
}
