package io.socksgateway.core.store;

import io.socksgateway.core.quota.TrafficUsage;
import io.vertx.core.Future;

/**
 * Where the traffic of counters is written down, so that it is known after a restart.
 *
 * <p>Thread-safe; blocks nobody.
 */
public interface UsageLog {

    /** Keeps nothing. */
    UsageLog NOWHERE = (counter, usage) -> Future.succeededFuture();

    /**
     * Takes what is known of a counter now. Whoever changes a counter tells so in the order of the changes.
     *
     * @return completed when it is written down, or at once if that cannot be waited for; never fails
     */
    Future<Void> changed(String counter, TrafficUsage usage);
}
