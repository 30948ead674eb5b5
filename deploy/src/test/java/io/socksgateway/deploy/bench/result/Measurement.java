package io.socksgateway.deploy.bench.result;

import io.socksgateway.deploy.bench.load.Fault;
import java.util.Map;

/**
 * One run of one scenario against one server.
 *
 * <p>Immutable.
 *
 * @param repetition counted from 0
 * @param others cores that other processes have kept busy meanwhile: noise
 */
public record Measurement(
        String server,
        String scenario,
        int repetition,
        Map<Figure, Double> figures,
        Map<Fault, Long> faults,
        double others) {

    public Measurement {
        figures = Map.copyOf(figures);
        faults = Map.copyOf(faults);
    }

    public long faultCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }
}
