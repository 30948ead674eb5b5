package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private final Departures departures = new Departures(100);

    @Test
    void remembersForAWhile() {
        departures.left(A, 0);
        departures.left(B, 50);
        assertThat(departures.recent(100)).containsExactlyInAnyOrder(A, B);
        assertThat(departures.recent(101)).containsExactly(B);
        assertThat(departures.recent(151)).isEmpty();
    }

    @Test
    void whoComesBackIsNotGone() {
        departures.left(A, 0);
        departures.joined(A);
        assertThat(departures.recent(1)).isEmpty();
    }
}
