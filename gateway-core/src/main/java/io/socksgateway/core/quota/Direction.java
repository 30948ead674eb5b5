package io.socksgateway.core.quota;

/** Where octets go. */
public enum Direction {
    /** From the client to the target. */
    UP,
    /** From the target to the client. */
    DOWN
}
