package io.socksgateway.deploy.bench.soak;

import java.util.HashMap;
import java.util.Map;

/**
 * The gateway's metrics at one time.
 *
 * <p>Immutable.
 *
 * @param samples by name and labels, without the names' common prefix
 */
record Metrics(Map<String, Double> samples) {

    private static final String PREFIX = "socks_gateway_";

    Metrics {
        samples = Map.copyOf(samples);
    }

    static Metrics parse(String text) {
        Map<String, Double> samples = new HashMap<>();
        text.lines().filter(line -> line.startsWith(PREFIX)).forEach(line -> {
            int end = line.lastIndexOf(' ');
            samples.put(line.substring(PREFIX.length(), end), Double.valueOf(line.substring(end + 1)));
        });
        return new Metrics(samples);
    }

    /**
     * All samples of a name together.
     *
     * @param label only those that have this among their labels; empty for all
     */
    double sum(String name, String label) {
        return samples.entrySet().stream()
                .filter(sample ->
                        sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
                .filter(sample -> sample.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
