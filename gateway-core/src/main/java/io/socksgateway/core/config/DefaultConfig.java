package io.socksgateway.core.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What {@code run} does without a configuration, as the JSON that would say the same. */
public final class DefaultConfig {

    /** Where the listener of a gateway without configuration is. */
    public static final String HOST = ListenerReader.DEFAULT_HOST;

    public static final int PORT = ListenerReader.DEFAULT_PORT;

    private DefaultConfig() {}

    /**
     * One listener for all protocols, without password.
     *
     * @param host as in {@code listeners[].host}; an unusable one is found by the reader
     * @param port 0 to 65535
     */
    public static JsonObject json(String host, int port) {
        return new JsonObject()
                .put(
                        "listeners",
                        JsonArray.of(new JsonObject()
                                .put("name", ListenerReader.DEFAULT_NAME)
                                .put("host", host)
                                .put("port", port)
                                .put("protocols", JsonArray.of("socks5", "socks4a", "socks4"))
                                .put("auth", JsonArray.of(ListenerConfig.NONE))));
    }
}
