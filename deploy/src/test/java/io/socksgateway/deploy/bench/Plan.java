package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.server.ServerKind;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be measured.
 *
 * <p>Immutable.
 *
 * @param seconds of one run
 * @param warmUp seconds of each kind of traffic before anything is measured
 * @param idleTunnels as many as descriptors allow, at most
 * @param patience seconds after which a datagram counts as lost
 * @param output folder for the results
 */
record Plan(
        List<Scenario> scenarios,
        List<ServerKind> servers,
        double seconds,
        int repetitions,
        double warmUp,
        int idleTunnels,
        double patience,
        Path output) {

    /** So long at the most it takes on a machine that is not very busy. */
    static final double USUAL_PATIENCE = 0.2;

    Plan {
        scenarios = List.copyOf(scenarios);
        servers = List.copyOf(servers);
    }

    List<Scenario.Traffic> traffic() {
        return scenarios.stream()
                .filter(Scenario.Traffic.class::isInstance)
                .map(Scenario.Traffic.class::cast)
                .toList();
    }
}
