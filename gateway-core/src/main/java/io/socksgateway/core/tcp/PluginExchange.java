package io.socksgateway.core.tcp;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.Step;
import io.vertx.core.AsyncResult;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the owner of a method answer what a client says in it, round by round.
 *
 * <p>Confined to its event loop.
 */
final class PluginExchange {

    private static final Logger LOG = LoggerFactory.getLogger(PluginExchange.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ClientConnection connection;
    private final HandshakeServices services;

    PluginExchange(ClientConnection connection, HandshakeServices services) {
        this.connection = connection;
        this.services = services;
    }

    void ask(Step.Exchange question) {
        ExchangeRequest request = new ExchangeRequest(
                connection.id(),
                connection.listener(),
                connection.client().getAddress(),
                question.method(),
                question.round(),
                question.octets(),
                question.state());
        long asked = System.nanoTime();
        connection.ask(
                services.auth().exchange(request).onComplete(answer -> {
                    Arrays.fill(question.octets().array(), (byte) 0);
                    decided(answer, System.nanoTime() - asked);
                }),
                answer -> answered(question.method(), answer));
    }

    /** A round that leads to another one is no login yet. */
    private void decided(AsyncResult<MethodAnswer> answer, long nanos) {
        if (answer.failed()) {
            services.events().authenticated(SessionEvents.Login.FAILED, nanos);
        } else if (answer.result() instanceof MethodAnswer.Accepted) {
            services.events().authenticated(SessionEvents.Login.ACCEPTED, nanos);
        } else if (answer.result() instanceof MethodAnswer.Rejected) {
            services.events().authenticated(SessionEvents.Login.REJECTED, nanos);
        }
    }

    private void answered(int method, AsyncResult<MethodAnswer> answer) {
        MethodAnswer said = answer.succeeded()
                ? answer.result()
                : new MethodAnswer.Rejected(
                        NOTHING, String.valueOf(answer.cause().getMessage()));
        if (said instanceof MethodAnswer.Rejected rejected) {
            String client = Addresses.format(connection.client().getAddress());
            connection.refused(
                    LOG,
                    "method 0x" + Integer.toHexString(method) + " of " + client + " refused: " + rejected.reason());
        }
        connection.goOn((handshake, in, out) -> handshake.answered(said, in, out));
    }
}
