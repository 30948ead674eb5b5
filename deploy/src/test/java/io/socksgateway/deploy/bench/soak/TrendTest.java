package io.socksgateway.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.deploy.bench.soak.Sample.Gauge;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static final int COUNT = 60;

    private static Trend descriptors(IntToDoubleFunction value) {
        List<Sample> samples = IntStream.range(0, COUNT)
                .mapToObj(i -> new Sample(30.0 * i, Map.of(Gauge.DESCRIPTORS, value.applyAsDouble(i))))
                .toList();
        return Trend.of(Gauge.DESCRIPTORS, samples);
    }

    @Test
    void aSteadyGaugeHasNotGrownHoweverItIsShaken() {
        Random random = new Random(1);
        assertThat(descriptors(i -> 400 + random.nextInt(300)).hasGrown()).isFalse();
    }

    @Test
    void aLeakHasGrownHoweverItIsShaken() {
        Random random = new Random(2);
        Trend trend = descriptors(i -> 400 + random.nextInt(100) + 5 * i);
        assertThat(trend.hasGrown()).isTrue();
        assertThat(trend.sloped()).isBetween(200.0, 400.0);
    }

    @Test
    void lessThanIsAllowedIsNone() {
        assertThat(descriptors(i -> 400 + i).hasGrown()).isFalse();
    }

    /** As of a session that lasts long, or of a pause of the machine. */
    @Test
    void aPeakIsNoGrowthWhereverItIs() {
        for (int peak = 0; peak < COUNT; peak++) {
            int from = peak;
            assertThat(descriptors(i -> i >= from && i < from + 5 ? 5_000 : 400).hasGrown())
                    .isFalse();
        }
    }

    @Test
    void whatIsTakenOnceAndKeptIsNoGrowthIfItIsTakenEarly() {
        assertThat(descriptors(i -> i < 5 ? 100 : 1_000).hasGrown()).isFalse();
    }

    @Test
    void whatShrinksHasNotGrown() {
        assertThat(descriptors(i -> 10_000 - 100 * i).hasGrown()).isFalse();
    }

    @Test
    void nothingIsSaidOfSessionsAndLoad() {
        List<Sample> samples = IntStream.range(0, COUNT)
                .mapToObj(i -> new Sample(i, Map.of(Gauge.RATE, 100.0 * i)))
                .toList();
        assertThat(Trend.of(Gauge.RATE, samples).hasGrown()).isFalse();
    }

    @Test
    void twoSamplesAreNoRun() {
        List<Sample> two =
                List.of(new Sample(0, Map.of(Gauge.THREADS, 1.0)), new Sample(1, Map.of(Gauge.THREADS, 2.0)));
        assertThatThrownBy(() -> Trend.of(Gauge.THREADS, two)).isInstanceOf(IllegalArgumentException.class);
    }
}
