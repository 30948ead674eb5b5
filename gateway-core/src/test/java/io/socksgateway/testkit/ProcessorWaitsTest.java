package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorWaitsTest {

    private final ProcessorWaits waits = new ProcessorWaits();

    @Test
    void countFromTheLastSampleBeforeTheMoment() {
        waits.sample(1_000, Map.of("7", 500L, "8", 100L));
        waits.sample(3_000, Map.of("7", 900L, "8", 100L));
        waits.sample(4_500, Map.of("7", 1_000L, "8", 200L));
        Map<String, Long> now = Map.of("7", 1_200L, "8", 300L);
        assertThat(waits.since(3_100, now)).isEqualTo(300);
        assertThat(waits.since(2_900, now)).isEqualTo(700);
        assertThat(waits.since(900, now)).as("since they began").isEqualTo(1_200);
        assertThat(waits.since(4_900, Map.of("8", 300L))).isEqualTo(100);
    }

    @Test
    void aThreadThatSleepsHasNone() {
        assertThat(ProcessorWaits.watch().millis("no thread has this name", 1_000))
                .isZero();
    }
}
