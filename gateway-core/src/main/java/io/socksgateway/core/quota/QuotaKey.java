package io.socksgateway.core.quota;

/** What a quota counts by. */
public enum QuotaKey {
    /** The verified user; all who did not log in are one subject. */
    USER,
    /** Each group of the user; a user without groups is not counted. */
    GROUP,
    /** The client's address, of IPv6 its /64: see {@link ClientNetwork}. */
    CLIENT,
    /** The listener that the client came in by. */
    LISTENER
}
