package io.socksgateway.deploy.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 127})
    void keepsSmallTimesExactly(long nanos) {
        latencies.add(nanos);

        assertThat(latencies.quantile(0.5)).isEqualTo((double) nanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {128, 129, 1_000, 65_535, 65_536, 1_234_567, 5_000_000_000L, 600_000_000_000L})
    void keepsOthersToWithinOneStep(long nanos) {
        latencies.add(nanos);

        assertThat(latencies.quantile(0.5)).isCloseTo((double) nanos, withinPercentage(1.6));
    }

    @Test
    void findsQuantiles() {
        for (int i = 1; i <= 100; i++) {
            latencies.add(i * 1_000L);
        }

        assertThat(latencies.quantile(0.5)).isCloseTo(50_000, withinPercentage(1.6));
        assertThat(latencies.quantile(0.99)).isCloseTo(99_000, withinPercentage(1.6));
        assertThat(latencies.quantile(1)).isCloseTo(100_000, withinPercentage(1.6));
    }

    @Test
    void forgets() {
        latencies.add(1_000_000);
        latencies.clear();

        assertThat(latencies.quantile(0.5)).isZero();
        latencies.add(7);
        assertThat(latencies.quantile(0.5)).isEqualTo(7);
    }
}
