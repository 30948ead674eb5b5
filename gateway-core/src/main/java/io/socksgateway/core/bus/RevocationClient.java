package io.socksgateway.core.bus;

import io.socksgateway.core.session.Revocation;
import io.vertx.core.Future;

/**
 * Says to this node that users may not be here any more: it ends their sessions. Who asks need not wait, nor try again if a node
 * does not answer.
 *
 * <p>Thread-safe.
 */
public final class RevocationClient {

    /** Milliseconds for a round. */
    private static final long ROUND = 60_000;

    private final GatewayBus bus;

    public RevocationClient(GatewayBus bus) {
        this.bus = bus;
    }

    /**
     * Asks the authenticators at once about all users with open sessions on this node, as {@code auth.recheck} does now and
     * then, and ends the sessions of those who may not be here any more.
     *
     * @return when all have been asked about; fails after a minute, though it goes on
     */
    public Future<Void> recheck() {
        return bus.ask(BusAddresses.RECHECK, "", ROUND).mapEmpty();
    }

    /** Ends the sessions of these users, here and on all other nodes. */
    public void revoke(Revocation users) {
        bus.tell(BusAddresses.REVOKED, users);
    }

    /**
     * Ends the sessions that these users have on this node by now, and no others: of users who may log in, but not as before.
     * Another node may know that already, and have let them in as they are now, or not yet, and would do so as they were.
     */
    public void revokeHere(Revocation users) {
        bus.tell(BusAddresses.REVOKED_HERE, users);
    }
}
