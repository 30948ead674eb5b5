package io.socksgateway.core.bus;

import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.core.session.Revocation;
import io.vertx.core.Future;

/**
 * Asks the authenticators of one generation.
 *
 * <p>Thread-safe.
 */
public final class AuthClient {

    private final GatewayBus bus;
    private final long timeout;

    /**
     * @param bus of the generation
     * @param timeout milliseconds until silence is a failure
     */
    public AuthClient(GatewayBus bus, long timeout) {
        this.bus = bus;
        this.timeout = timeout;
    }

    /** Fails if nobody answers in time or the authenticator failed: which is not "no", but lets nobody in either. */
    public Future<AuthOutcome> authenticate(AuthRequest request) {
        return bus.ask(bus.own(BusAddresses.AUTHENTICATE), request, timeout);
    }

    /** How it stands with a client now. Fails if nobody answers in time, or the authenticator cannot tell. */
    public Future<Standing> standing(Identity identity) {
        return bus.ask(bus.own(BusAddresses.STANDING), new StandingRequest(identity), timeout);
    }

    /** Lets the authenticators of this node forget what they remember of users, and does not wait for it. */
    public void forget(Revocation users) {
        bus.tell(bus.own(BusAddresses.FORGET), users);
    }

    /** Fails if nobody answers in time or there is nobody who could: the client is refused. */
    public Future<GssOutcome> accept(GssRequest request) {
        return bus.ask(bus.own(BusAddresses.ACCEPT_CONTEXT), request, timeout);
    }

    /** Fails as {@link #authenticate} does. */
    public Future<MethodAnswer> exchange(ExchangeRequest request) {
        return bus.ask(bus.own(BusAddresses.EXCHANGE), request, timeout);
    }

    /** Fails if nobody answers in time. */
    public Future<IdentOutcome> identify(IdentRequest request) {
        return bus.ask(bus.own(BusAddresses.IDENTIFY), request, timeout);
    }
}
