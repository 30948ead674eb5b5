package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private long wall = 1_800_000_000_000L;
    private long nanos;
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    private void pass(Duration time) {
        wall += time.toMillis();
        nanos += time.toNanos();
    }

    @Test
    void isTrustedAfterAnHour() {
        pass(Duration.ofMinutes(59));
        assertThat(clock.isSteady()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(clock.isSteady()).isTrue();
    }

    @Test
    void isNotTrustedForAnHourWhenItWasSet() {
        pass(Duration.ofHours(2));
        wall += Duration.ofDays(40).toMillis();
        assertThat(clock.isSteady()).isFalse();
        pass(Duration.ofMinutes(59));
        wall -= Duration.ofDays(40).toMillis();
        assertThat(clock.isSteady()).as("set back").isFalse();
        pass(Duration.ofMinutes(59));
        assertThat(clock.isSteady()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(clock.isSteady()).isTrue();
    }
}
