package io.socksgateway.core.net;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Does something on the context of a verticle, for whoever is elsewhere. */
public final class OnContext {

    private OnContext() {}

    /** Runs something there, and succeeds once it has run. */
    public static Future<Void> run(Context context, Runnable work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(there -> {
            work.run();
            done.complete();
        });
        return done.future();
    }
}
