package io.socksgateway.deploy.bench.result;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/** The middle of some values, or the mean of the two in the middle. */
public final class Median {

    private Median() {}

    public static OptionalDouble of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int count = sorted.size();
        return count == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2);
    }
}
