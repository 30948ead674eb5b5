package io.socksgateway.core.tcp;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.session.MethodAnswer;
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
    private final AuthClient auth;

    PluginExchange(ClientConnection connection, AuthClient auth) {
        this.connection = connection;
        this.auth = auth;
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
        connection.ask(
                auth.exchange(request)
                        .onComplete(answer -> Arrays.fill(question.octets().array(), (byte) 0)),
                answer -> answered(question.method(), answer));
    }

    private void answered(int method, AsyncResult<MethodAnswer> answer) {
        MethodAnswer said = answer.succeeded()
                ? answer.result()
                : new MethodAnswer.Rejected(
                        NOTHING, String.valueOf(answer.cause().getMessage()));
        if (said instanceof MethodAnswer.Rejected rejected) {
            LOG.info(
                    "{} method 0x{} of {} refused: {}",
                    connection.id(),
                    Integer.toHexString(method),
                    Addresses.format(connection.client().getAddress()),
                    rejected.reason());
        }
        connection.goOn((handshake, in, out) -> handshake.answered(said, in, out));
    }
}
