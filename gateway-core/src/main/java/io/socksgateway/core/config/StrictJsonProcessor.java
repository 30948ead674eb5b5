package io.socksgateway.core.config;

import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code strict-json} of Vert.x Config: JSON without duplicate keys, comments or anything behind the document.
 *
 * <p>Thread-safe. Found by Vert.x through {@code META-INF/services}.
 */
public final class StrictJsonProcessor implements ConfigProcessor {

    static final String FORMAT = "strict-json";

    @Override
    public String name() {
        return FORMAT;
    }

    /** Fails with the line and column of what is wrong. */
    @Override
    public Future<JsonObject> process(Vertx vertx, @Nullable JsonObject configuration, Buffer input) {
        try {
            return Future.succeededFuture(StrictJson.parse(input.getBytes()));
        } catch (JsonSyntaxException e) {
            return Future.failedFuture(e);
        }
    }
}
