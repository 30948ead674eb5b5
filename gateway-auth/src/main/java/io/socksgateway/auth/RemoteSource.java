package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;

/**
 * Somebody outside who knows users, as a {@link PatientAuthenticator} asks it: with a name that can be one, a password that is not
 * empty and stays until the answer, and not more often at a time than configured.
 *
 * @param <T> what it says, of which an answer is made here
 */
interface RemoteSource<T> {

    /** The name in the configuration, for the log. */
    String name();

    /** Asks about credentials: only this is limited in number and time. A failed future means that it cannot tell. */
    Future<T> ask(AuthRequest request);

    /** Makes an answer of it. A failed future, or an {@link AuthException}, means that it cannot tell. */
    Future<Answer> judge(T said, AuthRequest request);

    /**
     * Says whether somebody whom it has accepted would still be accepted. A failed future means that it cannot tell.
     *
     * @param login the name that the user logged in with
     * @param known what it has found the client to be then
     */
    default Future<Standing> standing(String login, Identity known) {
        return Future.succeededFuture(Standing.UNTOLD);
    }

    /** Says what it knows of a user without a login, as {@link Authenticator#look} does. */
    default Future<Answer> look(String user) {
        return Future.succeededFuture(new Answer.Unknown(null));
    }

    /**
     * Gets ready for the first login: loads what it needs and connects, as that may take longer than a client waits. Fails if logins
     * would fail just now.
     */
    default Future<Void> prepare() {
        return Future.succeededFuture();
    }

    /** Lets go of all connections. Blocks. */
    void close();
}
