package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import java.util.function.Predicate;

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

    /**
     * Says whether somebody whom it has accepted would still be accepted, as the same and in the same groups. It is asked
     * every {@code auth.recheck} for each user with open sessions, a few at a time. A failed future means that it cannot tell.
     *
     * @param known what it has found the client to be
     */
    default Future<Standing> standing(Identity known) {
        return Future.succeededFuture(Standing.UNTOLD);
    }

    /**
     * Says what it knows of a user who has shown elsewhere who it is: {@link Answer.Accepted} with the groups, {@link
     * Answer.Rejected} if it may not log in, {@link Answer.Unknown} also if only a login could tell.
     */
    default Future<Answer> look(String user) {
        return Future.succeededFuture(new Answer.Unknown(null));
    }

    /**
     * Forgets which logins of these users went well, if it remembers any.
     *
     * @param concerned tells which users are meant
     */
    default void forget(Predicate<String> concerned) {
        // nothing is remembered
    }
}
