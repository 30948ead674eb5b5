package io.socksgateway.core.bus;

import io.vertx.core.Future;

/**
 * Asks for sessions under the quotas, and gives them back.
 *
 * <p>Thread-safe.
 */
public final class QuotaClient {

    private final GatewayBus bus;
    private final long timeout;

    /**
     * @param timeout milliseconds until silence is a failure
     */
    public QuotaClient(GatewayBus bus, long timeout) {
        this.bus = bus;
        this.timeout = timeout;
    }

    /** Counts a session. After a failure the asker must release it too, as the grant may still have happened. */
    public Future<QuotaOutcome> acquire(QuotaRequest request) {
        return bus.ask(BusAddresses.ACQUIRE, request, timeout);
    }

    /** Gives back all that the session holds, also if it is still being granted. */
    public void release(String session) {
        bus.tell(BusAddresses.RELEASE, new QuotaRelease(session));
    }
}
