package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.soak.Sample.Gauge;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a gauge has grown over a run. It has if both of these are above what is allowed, which is the {@linkplain Gauge#allowance
 * allowance} of the gauge and a tenth of what it began with:
 *
 * <ul>
 *   <li>the median of the last third of the samples minus that of the first third, so that a peak is no growth;
 *   <li>the median of the slopes between all pairs of samples (Theil and Sen), over the whole time: so that a step that is
 *       taken back is none either.
 * </ul>
 *
 * <p>Immutable.
 *
 * @param first median of the first third
 * @param last median of the last third
 * @param sloped the slope, times the seconds from the first sample to the last
 */
record Trend(Gauge gauge, double first, double last, double sloped) {

    private static final double TENTH = 0.1;

    /**
     * Of some samples, in order.
     *
     * @param samples at least three, for a third of them to be any
     */
    static Trend of(Gauge gauge, List<Sample> samples) {
        if (samples.size() < 3) {
            throw new IllegalArgumentException("samples: " + samples.size() + " (expected: 3 or more)");
        }
        int third = samples.size() / 3;
        double[] values =
                samples.stream().mapToDouble(sample -> sample.value(gauge)).toArray();
        double time = samples.get(samples.size() - 1).seconds() - samples.get(0).seconds();
        return new Trend(
                gauge,
                median(Arrays.copyOf(values, third)),
                median(Arrays.copyOfRange(values, values.length - third, values.length)),
                slope(gauge, samples) * time);
    }

    private static double slope(Gauge gauge, List<Sample> samples) {
        int count = samples.size();
        double[] slopes = new double[count * (count - 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                Sample from = samples.get(i);
                Sample to = samples.get(j);
                slopes[next++] = (to.value(gauge) - from.value(gauge)) / (to.seconds() - from.seconds());
            }
        }
        return median(slopes);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How much more would be no growth yet. */
    double allowed() {
        return gauge.allowance() + TENTH * first;
    }

    boolean hasGrown() {
        return gauge.isWatched() && Math.min(last - first, sloped) > allowed();
    }
}
