package io.socksgateway.deploy.bench.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All measurements of a benchmark.
 *
 * <p>Immutable.
 */
public record Results(List<Measurement> all) {

    public Results {
        all = List.copyOf(all);
    }

    /** A figure of each repetition in which it was measured. */
    public Map<Integer, Double> byRepetition(String server, String scenario, Figure figure) {
        Map<Integer, Double> values = new TreeMap<>();
        for (Measurement one : all) {
            Double value = one.figures().get(figure);
            if (value != null && one.server().equals(server) && one.scenario().equals(scenario)) {
                values.put(one.repetition(), value);
            }
        }
        return values;
    }

    public OptionalDouble median(String server, String scenario, Figure figure) {
        return Median.of(byRepetition(server, scenario, figure).values());
    }

    /** The servers that a scenario was measured with, in the order of the runs. */
    public List<String> servers(String scenario) {
        return all.stream()
                .filter(one -> one.scenario().equals(scenario))
                .map(Measurement::server)
                .distinct()
                .toList();
    }

    /** How much went wrong with each scenario and server, where anything did. */
    public Map<String, String> faults() {
        return all.stream()
                .filter(one -> one.faultCount() > 0)
                .collect(Collectors.groupingBy(
                        one -> one.server() + " " + one.scenario(),
                        TreeMap::new,
                        Collectors.mapping(one -> one.faults().toString(), Collectors.joining(", "))));
    }

    /** The median and the largest number of cores that other processes have kept busy. */
    public String noise() {
        OptionalDouble median = Median.of(all.stream().map(Measurement::others).toList());
        double most = all.stream().mapToDouble(Measurement::others).max().orElse(0);
        return "%.2f cores in the median run, %.2f in the noisiest".formatted(median.orElse(0), most);
    }

    /**
     * How far a figure is from being the same in every repetition: the difference of its largest and its smallest value,
     * as a part of its median, for the median of all servers and scenarios. Nothing if there was but one repetition.
     */
    public OptionalDouble spread(Figure figure) {
        List<Double> spreads = new ArrayList<>();
        all.stream()
                .map(one -> byRepetition(one.server(), one.scenario(), figure))
                .filter(values -> values.size() > 1)
                .distinct()
                .forEach(values -> spreads.add((Collections.max(values.values()) - Collections.min(values.values()))
                        / Median.of(values.values()).getAsDouble()));
        return Median.of(spreads);
    }
}
