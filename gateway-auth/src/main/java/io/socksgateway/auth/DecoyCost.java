package io.socksgateway.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Imitates what the passwords of a source cost whose users are not all known: as most of those that were seen last, so that the
 * time of an answer does not tell who exists.
 *
 * <p>Confined to one event loop.
 */
final class DecoyCost {

    private static final int REMEMBERED = 64;

    private final Deque<PasswordHash> seen = new ArrayDeque<>();
    private PasswordHash decoy;

    /**
     * @param first what is imitated before a user was seen
     */
    DecoyCost(PasswordHash first) {
        this.decoy = first.decoy();
    }

    /** A user has this hash. */
    void saw(PasswordHash hash) {
        seen.add(hash.decoy());
        if (seen.size() > REMEMBERED) {
            seen.remove();
        }
        Map<Long, Integer> counts = new HashMap<>();
        int most = 0;
        for (PasswordHash each : seen) {
            int count = counts.merge(each.cost(), 1, Integer::sum);
            // The later one of equals: nobody knows better which is usual.
            if (count >= most) {
                most = count;
                decoy = each;
            }
        }
    }

    /** What to check instead of the password of a user that does not exist. */
    PasswordHash decoy() {
        return decoy;
    }
}
