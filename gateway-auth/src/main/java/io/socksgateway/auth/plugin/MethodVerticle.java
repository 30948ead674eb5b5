package io.socksgateway.auth.plugin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A plug-in that owns a method of authentication: it says octets to clients and is shown what they say. It has a public
 * constructor without parameters, and finds its own configuration in {@link #config()}.
 */
public abstract class MethodVerticle extends ContractVerticle {

    protected MethodVerticle() {
        super(PluginContract.EXCHANGE);
    }

    /**
     * Says how the exchange with a client goes on. Any instance may be asked in any round, so what there is to be remembered of
     * a client goes into {@link Move#remembering}. It must not block unless it is configured to run on workers or virtual
     * threads.
     *
     * @return if it fails, or takes longer than the configured time, the client is rejected
     */
    protected abstract Future<Move> exchange(Round round) throws Exception;

    @Override
    final Future<JsonObject> answer(JsonObject question) throws Exception {
        return exchange(Round.of(question)).map(Move::toJson);
    }
}
