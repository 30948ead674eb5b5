package io.socksgateway.core.tcp;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.bus.IdentRequest;
import io.socksgateway.core.session.Failure;
import io.vertx.core.AsyncResult;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the USERID of one client confirmed by its identd.
 *
 * <p>Confined to its event loop.
 */
final class IdentExchange {

    private static final Logger LOG = LoggerFactory.getLogger(IdentExchange.class);

    private final ClientConnection connection;
    private final AuthClient auth;
    private final InetSocketAddress reached;

    /**
     * A question that is to be asked.
     *
     * @param reached the end of the connection that the client's identd knows, beside the client's own
     */
    IdentExchange(ClientConnection connection, AuthClient auth, InetSocketAddress reached) {
        this.connection = connection;
        this.auth = auth;
        this.reached = reached;
    }

    void ask(String userId) {
        IdentRequest request = new IdentRequest(connection.id(), connection.client(), reached, userId);
        auth.identify(request).onComplete(answer -> {
            if (!connection.hasEnded()) {
                answered(userId, answer);
            }
        });
    }

    private void answered(String userId, AsyncResult<IdentOutcome> answer) {
        if (answer.result() instanceof IdentOutcome.Confirmed confirmed) {
            connection.goOn((handshake, in, out) -> handshake.identified(confirmed.identity()));
            return;
        }
        boolean mismatch = answer.result() instanceof IdentOutcome.Mismatch;
        String why = answer.failed() ? answer.cause().getMessage() : reason(answer.result());
        String user = PasswordExchange.printable(userId);
        connection.refused(
                LOG, "identd of " + Endpoint.of(connection.client()) + " does not confirm \"" + user + "\": " + why);
        Failure failure = mismatch ? Failure.IDENTD_MISMATCH : Failure.NO_IDENTD;
        connection.goOn((handshake, in, out) -> handshake.unidentified(failure, out));
    }

    private static String reason(IdentOutcome refusal) {
        return refusal instanceof IdentOutcome.Unavailable unavailable ? unavailable.reason() : "it names another user";
    }
}
