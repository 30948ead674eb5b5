package io.socksgateway.auth.plugin;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens where the gateway says, and answers one kind of question. Runs on whatever threads it is deployed on. */
abstract class ContractVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ContractVerticle.class);
    private static final int FAILED = 1;

    private final String ask;

    /**
     * @param ask the kind of question
     */
    ContractVerticle(String ask) {
        this.ask = ask;
    }

    /**
     * Begins to listen. A plug-in that has something to prepare overrides this, and calls it when it is ready.
     *
     * @return fails if the gateway has not said where
     */
    @Override
    public Future<?> start() throws Exception {
        JsonObject gateway = config().getJsonObject(PluginContract.GATEWAY, new JsonObject());
        String address = gateway.getString(PluginContract.ADDRESS);
        return address == null
                ? Future.failedFuture("config: no " + PluginContract.GATEWAY + "." + PluginContract.ADDRESS
                        + " (expected: to be deployed by the gateway)")
                : vertx.eventBus().localConsumer(address, this::heard).completion();
    }

    private void heard(Message<JsonObject> message) {
        String asked = message.body().getString(PluginContract.ASK, "");
        if (asked.equals(PluginContract.HELLO)) {
            message.reply(new JsonObject().put(PluginContract.VERSION_KEY, PluginContract.VERSION));
        } else if (asked.equals(ask)) {
            Future.succeededFuture(message.body()).compose(this::attempt).onComplete(answer -> {
                if (answer.succeeded()) {
                    message.reply(answer.result());
                } else {
                    // Its message may quote the credentials.
                    LOG.debug("failed: {}", trace(answer.cause()));
                    message.fail(FAILED, answer.cause().getClass().getName());
                }
            });
        } else {
            message.reply(new JsonObject().put(PluginContract.RESULT, PluginContract.UNKNOWN));
        }
    }

    private Future<JsonObject> attempt(JsonObject question) {
        try {
            return answer(question);
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private static String trace(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return failure.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }

    /** The answer to a question of the kind. */
    abstract Future<JsonObject> answer(JsonObject question) throws Exception;
}
