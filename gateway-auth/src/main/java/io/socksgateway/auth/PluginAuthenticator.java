package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.PluginClient;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a plug-in about passwords. If it is silent or fails, a login is denied, or granted if it was granted a short while ago
 * and the configuration wants that. An answer that makes no sense is a denial always: it may have been meant as one.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class PluginAuthenticator implements Authenticator {

    private static final ByteBuffer NO_PROOF = ByteBuffer.allocate(0);

    private final String name;
    private final PluginClient plugin;
    private final PluginClaims claims;
    private final @Nullable LastSuccesses successes;
    private final SparseLog log;
    private final Forgetting forgetting = new Forgetting();

    /**
     * @param successes null if none are to be remembered
     */
    PluginAuthenticator(
            String name, PluginClient plugin, PluginClaims claims, @Nullable LastSuccesses successes, SparseLog log) {
        this.name = name;
        this.plugin = plugin;
        this.claims = claims;
        this.successes = successes;
        this.log = log;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Answer> authenticate(AuthRequest request) {
        JsonObject question = PluginQuestions.login(request);
        ByteBuffer proof = successes == null ? NO_PROOF : successes.proofOf(request.credentials());
        long before = forgetting.mark();
        return plugin.ask(question).transform(answer -> {
            PluginQuestions.forget(question);
            return answer.succeeded()
                    ? answered(answer.result(), request.credentials(), proof, before)
                    : silent(answer.cause(), request.credentials().user(), proof);
        });
    }

    @Override
    public void forget(Predicate<String> concerned) {
        forgetting.happens();
        if (successes != null) {
            successes.forget(concerned);
        }
    }

    private Future<Answer> answered(JsonObject reply, UserPassword credentials, ByteBuffer proof, long before) {
        try {
            Answer answer = new LoginVerdicts(claims).judge(new PluginReply(reply), credentials);
            if (successes != null && !forgetting.since(before)) {
                remember(successes, credentials.user(), proof, answer);
            }
            return Future.succeededFuture(answer);
        } catch (PluginNonsense e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private static void remember(LastSuccesses successes, String user, ByteBuffer proof, Answer answer) {
        if (answer instanceof Answer.Accepted accepted) {
            successes.add(user, proof, accepted.identity());
        } else {
            successes.remove(user, proof);
        }
    }

    private Future<Answer> silent(Throwable cause, String user, ByteBuffer proof) {
        Identity known = successes == null ? null : successes.find(user, proof);
        if (known == null || claims.expired(known)) {
            return failed(String.valueOf(cause.getMessage()));
        }
        log.warn("authenticator " + name + ": " + cause.getMessage() + "; a login that went well before is granted");
        return Future.succeededFuture(new Answer.Accepted(known));
    }

    private Future<Answer> failed(String why) {
        String message = "authenticator " + name + ": " + why;
        log.warn(message + "; logins are denied");
        return Future.failedFuture(new ReportedException(message));
    }
}
