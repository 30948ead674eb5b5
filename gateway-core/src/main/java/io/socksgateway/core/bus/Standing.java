package io.socksgateway.core.bus;

/** What the one who has vouched for a client says of it later. */
public enum Standing {
    /** It would be let in again, as the same. */
    GOOD,
    /** It is unknown or disabled by now, or not in all of the groups that it was found in: its sessions end. */
    GONE,
    /** Nobody can tell right now, or at all: its sessions go on. */
    UNTOLD
}
