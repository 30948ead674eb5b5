package io.socksgateway.core.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;

/**
 * Asks a plug-in, in JSON.
 *
 * <p>Thread-safe.
 */
public final class PluginClient {

    private final GatewayBus bus;
    private final String address;
    private final long timeout;

    /**
     * @param name of the plug-in
     * @param timeout milliseconds until silence is a failure
     */
    public PluginClient(GatewayBus bus, String name, long timeout) {
        this.bus = bus;
        this.address = bus.own(BusAddresses.plugin(name));
        this.timeout = timeout;
    }

    /** Where the plug-in is to listen. */
    public String address() {
        return address;
    }

    /**
     * Sends a question to the plug-in of this node, never to another one.
     *
     * @return fails only with a {@link PluginSilence}
     */
    public Future<JsonObject> ask(JsonObject question) {
        return bus.askForeign(address, question, timeout)
                .transform(answer -> answer.succeeded()
                        ? answer.result() instanceof JsonObject json
                                ? Future.succeededFuture(json)
                                : failed(
                                        PluginSilence.Kind.NO_JSON,
                                        "it answers with something other than a JSON object")
                        : failed(answer.cause()));
    }

    private Future<JsonObject> failed(Throwable cause) {
        if (!(cause instanceof ReplyException reply)) {
            return failed(PluginSilence.Kind.FAILED, cause.getClass().getName());
        }
        return switch (reply.failureType()) {
            case TIMEOUT -> failed(PluginSilence.Kind.TIMEOUT, "no answer in " + timeout + " ms");
            case NO_HANDLERS -> failed(PluginSilence.Kind.NOBODY, "nobody listens at " + address);
            default -> failed(PluginSilence.Kind.FAILED, "it fails, with code " + reply.failureCode());
        };
    }

    private static Future<JsonObject> failed(PluginSilence.Kind kind, String message) {
        return Future.failedFuture(new PluginSilence(kind, message));
    }
}
