package io.socksgateway.deploy.admin;

import io.socksgateway.core.bus.BansClient;
import io.socksgateway.core.bus.NodeStatus;
import io.socksgateway.core.bus.NodesClient;
import io.socksgateway.core.bus.QuotaUseClient;
import io.socksgateway.core.bus.SessionsClient;
import io.socksgateway.deploy.explain.Explainer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the admin endpoint serves.
 *
 * <p>Immutable; what it leads to is thread-safe.
 *
 * @param self how this node is
 * @param metrics all of them as text; takes a moment
 * @param stuckLoops how many event loops do not answer
 * @param quotaNames of the quotas that are in force
 * @param configuration the document that is in force, as it was read
 */
public record AdminServices(
        Readiness readiness,
        Operations operations,
        Supplier<NodeStatus> self,
        NodesClient nodes,
        SessionsClient sessions,
        BansClient bans,
        QuotaUseClient quotas,
        Supplier<List<String>> quotaNames,
        Explainer explainer,
        Supplier<String> metrics,
        LongSupplier stuckLoops,
        Supplier<JsonObject> configuration) {}
