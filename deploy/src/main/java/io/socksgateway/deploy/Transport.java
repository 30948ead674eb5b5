package io.socksgateway.deploy;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** How Vert.x is set up: one event loop for each core, on epoll where there is epoll. */
final class Transport {

    /** The number of event loops. */
    static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private Transport() {}

    static VertxOptions options() {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(LOOPS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }
}
