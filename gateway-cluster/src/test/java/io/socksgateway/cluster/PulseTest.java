package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {

    private final Pulse pulse = new Pulse(100, 0);

    @Test
    void steadyWhileItBeats() {
        assertThat(pulse.steady(0)).isTrue();
        pulse.beat(100);
        pulse.beat(200);
        assertThat(pulse.steady(300)).isTrue();
    }

    @Test
    void distrustedAfterAGapEvenBeforeTheNextBeatAndForAWhileAfterIt() {
        assertThat(pulse.steady(101)).isFalse();
        pulse.beat(500);
        pulse.beat(510);
        assertThat(pulse.steady(599)).isFalse();
        assertThat(pulse.steady(600)).isTrue();
    }
}
