package io.socksgateway.deploy.bench.result;

/** What a measurement yields. */
public enum Figure {
    /** CPU time of the server's processes: seconds for each GiB, microseconds for each of anything else. */
    CPU,
    /** CPU time of the load generator, clients and target together, in the same unit. */
    OWN_CPU,
    /** GiB, trips, connections or packets each second. */
    RATE,
    /** Microseconds that half of the operations have not exceeded. */
    P50,
    /** Microseconds that 99 % of the operations have not exceeded. */
    P99,
    /** KiB that each tunnel adds to the server's memory (PSS). */
    MEMORY,
    /** MiB of the server (PSS) before any tunnel. */
    EMPTY,
    /** File descriptors that each tunnel adds. */
    DESCRIPTORS,
    /** Tunnels that were open. */
    TUNNELS,
    /** CPU seconds until the server has answered. */
    START_CPU,
    /** Seconds until then. */
    START_TIME
}
