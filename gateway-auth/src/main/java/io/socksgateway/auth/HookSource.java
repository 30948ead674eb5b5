package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.UnknownHostException;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/**
 * Asks a service about logins, in the words of {@link io.socksgateway.auth.plugin.PluginContract}.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class HookSource implements RemoteSource<Buffer> {

    private final String name;
    private final HookClient client;
    private final LoginVerdicts verdicts;

    HookSource(String name, HookClient client, LoginVerdicts verdicts) {
        this.name = name;
        this.client = client;
        this.verdicts = verdicts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Buffer> ask(AuthRequest request) {
        byte[] question = HookQuestion.of(request);
        return client.ask(Buffer.buffer(question))
                .onComplete(done -> Arrays.fill(question, (byte) 0))
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    @Override
    public Future<Answer> judge(Buffer answer, AuthRequest request) {
        try {
            return Future.succeededFuture(
                    verdicts.judge(new PluginReply(new JsonObject(answer)), request.credentials()));
        } catch (DecodeException | ClassCastException e) {
            throw new AuthException("the service: the answer is no JSON object");
        } catch (PluginNonsense e) {
            throw new AuthException("the service: " + e.getMessage());
        }
    }

    private static AuthException named(Throwable failure) {
        if (failure instanceof AuthException) {
            return new AuthException("the service: " + failure.getMessage());
        } else if (failure instanceof SSLException) {
            return new AuthException("the service: no TLS with it, or a certificate that is not trusted");
        } else if (failure instanceof UnknownHostException) {
            return new AuthException("the service: its name is unknown");
        }
        return new AuthException("the service: no connection, or one that broke");
    }

    @Override
    public void close() {
        client.close();
    }
}
