package io.socksgateway.core.bus;

import io.socksgateway.core.wire.Command;
import io.vertx.core.Future;

/**
 * Hands sessions over to the relay of an event loop: to that for TCP, or to that for datagrams.
 *
 * <p>Thread-safe.
 */
public final class RelayClient {

    /** The relay acknowledges at once; its being silent means that it is gone. Milliseconds. */
    private static final long TIMEOUT = 5_000;

    private final GatewayBus bus;

    public RelayClient(GatewayBus bus) {
        this.bus = bus;
    }

    /**
     * Hands a session over.
     *
     * @return once it succeeds, the socket and the early bytes are the relay's; if it fails, still the sender's
     */
    public Future<Void> open(String loop, OpenSession session) {
        String address =
                session.session().command() == Command.UDP ? BusAddresses.associate(loop) : BusAddresses.open(loop);
        return bus.ask(address, session, TIMEOUT);
    }
}
