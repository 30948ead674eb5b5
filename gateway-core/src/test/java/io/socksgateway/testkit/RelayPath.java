package io.socksgateway.testkit;

import io.socksgateway.core.net.PausableReads;

/** The ways a gateway moves octets. Every test of the relay runs with each of them. */
public enum RelayPath {
    NETTY(PausableReads.MAX_READ);

    private final long mostHeld;

    RelayPath(long mostHeld) {
        this.mostHeld = mostHeld;
    }

    /** The octets of one direction that may be in the gateway's own memory while a reader stalls. */
    public long mostHeld() {
        return mostHeld;
    }

    /** A gateway that relays this way. */
    public CoreGateway.Setup setup() {
        return CoreGateway.setup();
    }
}
