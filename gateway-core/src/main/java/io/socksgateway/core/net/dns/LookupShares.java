package io.socksgateway.core.net.dns;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many names are being looked up, and for whom. An eighth of what is possible is each client's; more than that it gets
 * while half of it is free. So one client with names that nobody answers for is not the end of names for all others. Several
 * {@link DnsNames} may share it, as when a reload brings new name servers while the old ones are still asked.
 *
 * <p>Thread-safe; its lock is held for a look into a map.
 */
public final class LookupShares {

    private static final int SHARES = 8;

    private final int most;
    private final int share;
    private final Map<String, Integer> clients = new HashMap<>();
    private int all;

    /** What becomes of a lookup. */
    enum Answer {
        BEGINS,
        /** There are as many as there may be. */
        FULL,
        /** The client has as many as it may have. */
        CLIENT_FULL
    }

    /**
     * @param most lookups at a time. Each takes two descriptors, for seconds if nobody answers
     */
    public LookupShares(int most) {
        this.most = most;
        this.share = Math.max(1, most / SHARES);
    }

    int most() {
        return most;
    }

    /**
     * Begins a lookup; if it does, {@link #end} has to follow.
     *
     * @param client its network, or null if it is nobody's
     */
    synchronized Answer begin(@Nullable String client) {
        if (all >= most) {
            return Answer.FULL;
        }
        if (client != null) {
            int own = clients.getOrDefault(client, 0);
            if (own >= share && all >= most / 2) {
                return Answer.CLIENT_FULL;
            }
            clients.put(client, own + 1);
        }
        all++;
        return Answer.BEGINS;
    }

    synchronized void end(@Nullable String client) {
        all--;
        if (client != null) {
            Integer unused = clients.computeIfPresent(client, (one, own) -> own == 1 ? null : own - 1);
        }
    }
}
