package io.socksgateway.core.config;

import java.util.Locale;

/** What a node grants under a quota of the cluster while it sees fewer than {@code minimumMembers}. */
public enum PartitionPolicy {
    /** Nothing new. */
    DENY,
    /** The part of each limit that its side is of the cluster. */
    LOCAL,
    /** Each limit as a whole, as if there were no other side. */
    ALLOW;

    /** The word in the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
