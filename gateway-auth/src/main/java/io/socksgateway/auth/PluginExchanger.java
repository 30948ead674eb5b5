package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.PluginClient;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.MethodAnswer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a plug-in what to say in the method that it owns. Silence, failure and nonsense are the end of the exchange.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class PluginExchanger {

    private static final Set<String> CONTINUATION =
            Set.of(PluginContract.CONSUMED, PluginContract.SEND, PluginContract.NEED, PluginContract.STATE);
    private static final Set<String> ACCEPTANCE = acceptance();
    private static final Set<String> REJECTION = Set.of(PluginContract.SEND, PluginContract.REASON);

    private final String name;
    private final PluginMethod method;
    private final PluginClient plugin;
    private final PluginClaims claims;
    private final SparseLog log;

    PluginExchanger(String name, PluginMethod method, PluginClient plugin, PluginClaims claims, SparseLog log) {
        this.name = name;
        this.method = method;
        this.plugin = plugin;
        this.claims = claims;
        this.log = log;
    }

    private static Set<String> acceptance() {
        Set<String> keys = new HashSet<>(PluginClaims.KEYS);
        keys.addAll(Set.of(PluginContract.CONSUMED, PluginContract.SEND));
        return Set.copyOf(keys);
    }

    /** The octet of the method. */
    int code() {
        return method.code();
    }

    Future<MethodAnswer> exchange(ExchangeRequest request) {
        JsonObject question = PluginQuestions.exchange(request, method.name());
        int shown = request.octets().remaining();
        return plugin.ask(question).transform(answer -> {
            PluginQuestions.forget(question);
            return answer.succeeded() ? answered(answer.result(), shown) : failed(answer.cause());
        });
    }

    private Future<MethodAnswer> answered(JsonObject reply, int shown) {
        try {
            return Future.succeededFuture(judge(new PluginReply(reply), shown));
        } catch (PluginNonsense e) {
            return failed(e);
        }
    }

    private Future<MethodAnswer> failed(Throwable cause) {
        String message = "authenticator " + name + ": " + cause.getMessage();
        log.warn(message + "; clients are rejected");
        return Future.failedFuture(new ReportedException(message));
    }

    private MethodAnswer judge(PluginReply reply, int shown) {
        String result = reply.result();
        ByteBuffer send = reply.octets(PluginContract.SEND, method.maxOctets());
        switch (result) {
            case PluginContract.CONTINUE -> {
                reply.allow(CONTINUATION);
                int consumed = reply.number(PluginContract.CONSUMED, shown);
                int need = reply.number(PluginContract.NEED, method.maxOctets());
                @Nullable String state = reply.text(PluginContract.STATE, PluginContract.MAX_STATE);
                return new MethodAnswer.Continue(consumed, send, need, state);
            }
            case PluginContract.ACCEPTED -> {
                reply.allow(ACCEPTANCE);
                int consumed = reply.number(PluginContract.CONSUMED, shown);
                Identity identity = claims.read(reply, null).from(name);
                return claims.expired(identity)
                        ? new MethodAnswer.Rejected(ByteBuffer.allocate(0), "the claims have expired")
                        : new MethodAnswer.Accepted(identity, consumed, send);
            }
            case PluginContract.REJECTED -> {
                reply.allow(REJECTION);
                return new MethodAnswer.Rejected(send, PluginReasons.of(reply, new byte[0], "no reason given"));
            }
            default -> throw new PluginNonsense("answers with a result that there is not");
        }
    }
}
