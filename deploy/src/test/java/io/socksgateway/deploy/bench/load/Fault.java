package io.socksgateway.deploy.bench.load;

/** What can go wrong with an operation. */
public enum Fault {
    /** No connection to the server. */
    CONNECT,
    /** The server's answer was not the expected one. */
    REFUSED,
    /** The connection ended before its time. */
    CLOSED,
    /** Nothing has come for too long. */
    TIMEOUT,
    /** Other octets than those that were sent. */
    CORRUPTED,
    /** Octets or datagrams that never came. */
    LOST,
    /** The load generator's own socket call failed. */
    LOCAL
}
