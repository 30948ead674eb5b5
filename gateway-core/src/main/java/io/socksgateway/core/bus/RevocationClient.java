package io.socksgateway.core.bus;

import io.socksgateway.core.session.Revocation;

/**
 * Says to this node that users may not be here any more: it ends their sessions, here and on all other nodes. Who asks need not
 * wait, nor try again if a node does not answer.
 *
 * <p>Thread-safe.
 */
public final class RevocationClient {

    private final GatewayBus bus;

    public RevocationClient(GatewayBus bus) {
        this.bus = bus;
    }

    /** Ends the sessions of these users. */
    public void revoke(Revocation users) {
        bus.tell(BusAddresses.REVOKED, users);
    }
}
