package io.socksgateway.deploy.metrics;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of what it costs to count under quotas of the cluster. */
final class OperationMeters {

    /** What messages are sent for. */
    private static final List<String> KINDS = List.of("start", "end", "renewal", "traffic", "bandwidth");

    private OperationMeters() {}

    /**
     * Makes them.
     *
     * @param sent by kind; what is missing is zero
     */
    static void register(Supplier<Map<String, Long>> sent, Meters meters) {
        for (String kind : KINDS) {
            meters.count(
                    "quota.operations",
                    "Messages sent to count under quotas of the cluster, by what they were for",
                    () -> sent.get().getOrDefault(kind, 0L),
                    "kind",
                    kind);
        }
    }
}
