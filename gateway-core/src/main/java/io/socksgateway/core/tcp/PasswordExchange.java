package io.socksgateway.core.tcp;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.AsyncResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the password of one client checked, and wipes it.
 *
 * <p>Confined to its event loop.
 */
final class PasswordExchange {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordExchange.class);

    private final ClientConnection connection;
    private final HandshakeServices services;

    PasswordExchange(ClientConnection connection, HandshakeServices services) {
        this.connection = connection;
        this.services = services;
    }

    void ask(UserPassword credentials) {
        long asked = System.nanoTime();
        AuthRequest request = new AuthRequest(
                connection.id(), connection.listener(), connection.client().getAddress(), credentials);
        connection.ask(
                services.auth().authenticate(request).onComplete(answer -> {
                    credentials.wipe();
                    services.events().authenticated(kindOf(answer), System.nanoTime() - asked);
                }),
                answer -> answered(credentials.user(), answer));
    }

    private static SessionEvents.Login kindOf(AsyncResult<AuthOutcome> answer) {
        if (answer.failed()) {
            return SessionEvents.Login.FAILED;
        }
        return answer.result() instanceof AuthOutcome.Accepted
                ? SessionEvents.Login.ACCEPTED
                : SessionEvents.Login.REJECTED;
    }

    private void answered(String user, AsyncResult<AuthOutcome> answer) {
        if (answer.result() instanceof AuthOutcome.Accepted accepted) {
            connection.goOn((handshake, in, out) -> handshake.accepted(accepted.identity(), in, out));
            return;
        }
        String why = answer.result() instanceof AuthOutcome.Rejected rejected
                ? rejected.reason()
                : answer.cause().getMessage();
        String from = Addresses.format(connection.client().getAddress());
        connection.refused(LOG, "login of \"" + printable(user) + "\" from " + from + " refused: " + why);
        connection.goOn((handshake, in, out) -> handshake.rejected(out));
    }

    /** A client chooses this text: no line breaks or quotes of its own in our log. */
    static String printable(String user) {
        return user.replaceAll("[^\\x21-\\x7E]|\"", "?");
    }
}
