package com.example;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A plug-in that knows nothing of the gateway but JSON on the event bus, as one in another language would. */
public final class JsonOnly extends VerticleBase {

    @Override
    public Future<?> start() {
        String address = config().getJsonObject("gateway").getString("address");
        return vertx.eventBus()
                .<JsonObject>localConsumer(address, question -> question.reply(answer(question.body())))
                .completion();
    }

    private JsonObject answer(JsonObject question) {
        String password = config().getJsonObject("users").getString(question.getString("user", ""));
        if (password == null) {
            return new JsonObject().put("result", "unknown");
        }
        return password.equals(question.getString("password"))
                ? new JsonObject().put("result", "accepted").put("groups", new JsonArray().add("json"))
                : new JsonObject().put("result", "rejected").put("reason", "no such password");
    }
}
