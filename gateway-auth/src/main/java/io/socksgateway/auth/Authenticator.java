package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.vertx.core.Future;

/** Somebody who may know users. Called on the event loop of the {@link AuthVerticle}, which it must not block. */
interface Authenticator {

    /** The name in the configuration, for the log. */
    String name();

    /**
     * Says whether the credentials are right. A failed future means that it cannot tell: nobody is let in.
     *
     * @param request its password is wiped once the whole chain has answered
     */
    Future<Answer> authenticate(AuthRequest request);
}
