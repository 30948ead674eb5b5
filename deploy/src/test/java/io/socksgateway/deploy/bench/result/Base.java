package io.socksgateway.deploy.bench.result;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a figure of the gateway is compared with. */
public sealed interface Base {

    /**
     * A base that was measured.
     *
     * @param values by repetition
     */
    record Reference(String name, Map<Integer, Double> values) {}

    /** Nothing if it was not measured. */
    Optional<Reference> find(Results results, Goal goal);

    /** The same figure of a certain server. */
    record Server(String name) implements Base {
        @Override
        public Optional<Reference> find(Results results, Goal goal) {
            return reference(name, results.byRepetition(name, goal.scenario(), goal.figure()));
        }
    }

    /** The same figure of that SOCKS server for which it is best. */
    record BestSocksServer() implements Base {

        private static final Set<String> SERVERS = Set.of("microsocks", "dante", "v2ray", "3proxy");

        @Override
        public Optional<Reference> find(Results results, Goal goal) {
            Optional<Reference> best = Optional.empty();
            double bestMedian = 0;
            for (String server : results.servers(goal.scenario())) {
                var median = results.median(server, goal.scenario(), goal.figure());
                if (!SERVERS.contains(server) || median.isEmpty()) {
                    continue;
                }
                if (best.isEmpty() || median.getAsDouble() > bestMedian == goal.higherIsBetter()) {
                    bestMedian = median.getAsDouble();
                    best = new Server(server).find(results, goal);
                }
            }
            return best;
        }
    }

    /** The same figure of the gateway itself in another scenario. */
    record Scenario(String id) implements Base {
        @Override
        public Optional<Reference> find(Results results, Goal goal) {
            return reference(id, results.byRepetition(goal.server(), id, goal.figure()));
        }
    }

    /** The figure stands for itself. */
    record Nothing() implements Base {
        @Override
        public Optional<Reference> find(Results results, Goal goal) {
            return Optional.empty();
        }
    }

    private static Optional<Reference> reference(String name, Map<Integer, Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(new Reference(name, values));
    }
}
