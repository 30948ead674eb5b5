package io.socksgateway.core.tcp;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.wire.GssToken;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the tokens of one client accepted, until its security context is established or refused. The context is closed with
 * the client's connection.
 *
 * <p>Confined to its event loop.
 */
final class GssExchange {

    private static final Logger LOG = LoggerFactory.getLogger(GssExchange.class);

    private final ClientConnection connection;
    private final HandshakeServices services;
    private GssOutcome.@Nullable Context context;

    GssExchange(ClientConnection connection, HandshakeServices services) {
        this.connection = connection;
        this.services = services;
    }

    void accept(GssToken token) {
        GssRequest request = new GssRequest(
                connection.id(), connection.listener(), connection.client().getAddress(), token, context);
        long asked = System.nanoTime();
        Future<GssOutcome> answer = services.auth().accept(request).onComplete(result -> {
            closeWithConnection(result);
            count(result, System.nanoTime() - asked);
        });
        connection.ask(answer, this::answered);
    }

    /** Also if the client has gone meanwhile. */
    private void closeWithConnection(AsyncResult<GssOutcome> answer) {
        if (answer.result() instanceof GssOutcome.Established established) {
            MessageProtection messages = established.messages();
            connection.channel().closeFuture().addListener(closed -> messages.close());
        }
    }

    /** A client that has another token to send has not been decided on. */
    private void count(AsyncResult<GssOutcome> answer, long nanos) {
        if (answer.failed()) {
            services.events().authenticated(SessionEvents.Login.FAILED, nanos);
        } else if (answer.result() instanceof GssOutcome.Established) {
            services.events().authenticated(SessionEvents.Login.ACCEPTED, nanos);
        } else if (answer.result() instanceof GssOutcome.NoContext) {
            services.events().authenticated(SessionEvents.Login.REJECTED, nanos);
        }
    }

    private void answered(AsyncResult<GssOutcome> answer) {
        if (answer.result() instanceof GssOutcome.Continues continues) {
            context = continues.context();
            connection.goOn((handshake, in, out) -> handshake.continues(continues.token(), in, out));
        } else if (answer.result() instanceof GssOutcome.Established established) {
            context = null;
            connection.goOn((handshake, in, out) -> handshake.established(
                    established.token(), established.identity(), established.messages(), established.terms(), in, out));
        } else {
            String why = answer.result() instanceof GssOutcome.NoContext refused
                    ? refused.reason()
                    : answer.cause().getMessage();
            String client = Addresses.format(connection.client().getAddress());
            connection.refused(LOG, "GSS-API context of " + client + " refused: " + why);
            connection.goOn((handshake, in, out) -> handshake.refusesContext(out));
        }
    }
}
