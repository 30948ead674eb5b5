package io.socksgateway.deploy.api;

import io.socksgateway.deploy.admin.AdminServices;
import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.deploy.admin.Readiness;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** What an admin endpoint serves that has no gateway behind it. */
final class LoneEndpoint {

    private LoneEndpoint() {}

    /** Nothing but this. */
    static AdminServices serving(Operations operations, Supplier<String> metrics, Supplier<JsonObject> configuration) {
        return new AdminServices(
                new Readiness(),
                operations,
                null,
                null,
                null,
                null,
                null,
                List::of,
                null,
                metrics,
                () -> 0,
                configuration);
    }
}
