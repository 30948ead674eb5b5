package io.socksgateway.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RisingTotalTest {

    @Test
    void aTotalNeverGoesBack() {
        Queue<Long> sums = new ArrayDeque<>(List.of(5L, 9L, 7L, 8L, 10L));
        RisingTotal total = new RisingTotal(sums::remove);

        assertThat(List.of(
                        total.getAsLong(), total.getAsLong(), total.getAsLong(), total.getAsLong(), total.getAsLong()))
                .containsExactly(5L, 9L, 9L, 9L, 10L);
    }
}
