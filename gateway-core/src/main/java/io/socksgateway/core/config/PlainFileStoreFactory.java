package io.socksgateway.core.config;

import io.vertx.config.spi.ConfigStore;
import io.vertx.config.spi.ConfigStoreFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * The store {@code plain-file} of Vert.x Config: a file. Vert.x Config keeps a logger for the name of each store that there has
 * ever been, and its own stores for files have another name each time; this one is called as its file is.
 *
 * <p>Thread-safe. Found by Vert.x through {@code META-INF/services}.
 */
public final class PlainFileStoreFactory implements ConfigStoreFactory {

    static final String TYPE = "plain-file";

    @Override
    public String name() {
        return TYPE;
    }

    @Override
    public ConfigStore create(Vertx vertx, JsonObject configuration) {
        return new PlainFile(vertx, configuration.getString("path"));
    }

    private record PlainFile(Vertx vertx, String path) implements ConfigStore {

        @Override
        public Future<Buffer> get() {
            return vertx.fileSystem().readFile(path);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
