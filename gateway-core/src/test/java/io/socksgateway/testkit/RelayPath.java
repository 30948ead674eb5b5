package io.socksgateway.testkit;

import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.relay.tunnel.DataPath;

/** The ways a gateway moves octets. Every test of the relay runs with each of them. */
public enum RelayPath {
    NETTY(Integer.MAX_VALUE, Long.MAX_VALUE, PausableReads.MAX_READ),
    COPYING(0, Long.MAX_VALUE, PausableReads.MAX_READ),
    SPLICING(0, 0, RelayPath.PIPE),
    /** As the gateway does it: from one to the next on the way. */
    ADAPTIVE(32, 256 << 10, RelayPath.PIPE),
    /** The same for a client that wraps its messages: a receive buffer of them, and one that is not complete. */
    WRAPPED(32, 256 << 10, 2 * PausableReads.MAX_READ);

    /** What a pipe may hold, in octets. */
    private static final long PIPE = 1 << 20;

    private final int nettyReads;
    private final long copied;
    private final long mostHeld;

    RelayPath(int nettyReads, long copied, long mostHeld) {
        this.nettyReads = nettyReads;
        this.copied = copied;
        this.mostHeld = mostHeld;
    }

    /** The octets of one direction that may be in the gateway's own memory while a reader stalls. */
    public long mostHeld() {
        return mostHeld;
    }

    /** A gateway that relays this way. */
    public CoreGateway.Setup setup() {
        CoreGateway.Setup setup = CoreGateway.setup().path(new DataPath(nettyReads, copied, 256));
        return this == WRAPPED ? setup.wrapping() : setup;
    }
}
