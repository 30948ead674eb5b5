package io.socksgateway.testkit;

import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.relay.RelayServices;
import io.vertx.core.Deployable;

/** Makes a verticle of another module for a {@link CoreGateway}. */
@FunctionalInterface
public interface ModuleVerticle {

    Deployable verticle(GatewayBus bus, RelayServices services);
}
