package io.socksgateway.deploy.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A goal and what was measured.
 *
 * <p>Immutable.
 *
 * @param value median of the gateway's figure
 * @param base what it was compared with, or empty
 * @param baseValue median of the base's figure
 * @param ratio median of the ratios of all repetitions: what disturbs one repetition disturbs both of its figures
 */
public record Outcome(
        Goal goal, OptionalDouble value, String base, OptionalDouble baseValue, OptionalDouble ratio, Verdict verdict) {

    public static Outcome of(Goal goal, Results results) {
        Map<Integer, Double> values = results.byRepetition(goal.server(), goal.scenario(), goal.figure());
        OptionalDouble value = Median.of(values.values());
        Optional<Base.Reference> reference = goal.base().find(results, goal);
        OptionalDouble ratio = reference.isEmpty() ? OptionalDouble.empty() : ratio(values, reference.get());
        OptionalDouble judged = goal.base() instanceof Base.Nothing ? value : ratio;
        return new Outcome(
                goal,
                value,
                reference.map(Base.Reference::name).orElse(""),
                reference.isEmpty()
                        ? OptionalDouble.empty()
                        : Median.of(reference.get().values().values()),
                ratio,
                judged.isEmpty() ? Verdict.UNKNOWN : goal.verdict(judged.getAsDouble()));
    }

    private static OptionalDouble ratio(Map<Integer, Double> values, Base.Reference reference) {
        List<Double> ratios = new ArrayList<>();
        values.forEach((repetition, value) -> {
            Double base = reference.values().get(repetition);
            if (base != null && base > 0) {
                ratios.add(value / base);
            }
        });
        return Median.of(ratios);
    }
}
