package io.socksgateway.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DepartedTest {

    private long now = Long.MAX_VALUE - 5;
    private final Departed departed = new Departed(() -> now);

    @Test
    void aNameIsOverSomeTimeAfterItWasFirstSeenGone() {
        assertThat(departed.isOver("a", true)).isFalse();
        now += Departed.LINGERING - 1;
        assertThat(departed.isOver("a", true)).isFalse();
        assertThat(departed.isOver("b", true)).isFalse();
        now++;
        assertThat(departed.isOver("a", true)).isTrue();
        assertThat(departed.isOver("b", true)).isFalse();
    }

    @Test
    void oneThatWasBackMeanwhileHasItsTimeAnew() {
        assertThat(departed.isOver("a", true)).isFalse();
        now += Departed.LINGERING;
        assertThat(departed.isOver("a", false)).isFalse();
        assertThat(departed.isOver("a", true)).isFalse();
        now += Departed.LINGERING;
        assertThat(departed.isOver("a", true)).isTrue();
        assertThat(departed.isOver("a", true)).as("forgotten").isFalse();
    }
}
