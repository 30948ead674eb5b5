package io.socksgateway.auth.plugin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A plug-in that checks passwords. It has a public constructor without parameters, and finds its own configuration in {@link
 * #config()}.
 */
public abstract class PasswordVerticle extends ContractVerticle {

    protected PasswordVerticle() {
        super(PluginContract.LOGIN);
    }

    /**
     * Says whether the credentials are right. It must not block unless it is configured to run on workers or virtual threads.
     *
     * @return if it fails, or takes longer than the configured time, the login is denied (or remembered, if so configured)
     */
    protected abstract Future<Verdict> authenticate(Login login) throws Exception;

    @Override
    final Future<JsonObject> answer(JsonObject question) throws Exception {
        return authenticate(Login.of(question)).map(Verdict::toJson);
    }
}
