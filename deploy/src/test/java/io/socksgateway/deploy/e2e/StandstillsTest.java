package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandstillsTest {

    private static final Instant TOLD = Instant.parse("2026-03-01T10:00:00.000Z");

    private final Standstills standstills = new Standstills();

    private boolean explained(long millis) {
        return standstills.explain(
                "%s WARN  i.v.c.i.t.BlockedThreadChecker Thread vert.x-eventloop-thread-1 has been blocked for %d ms, time limit is 2000 ms%n"
                        .formatted(TOLD, millis));
    }

    private void stoodStill(long from, long to) {
        standstills.saw(TOLD.toEpochMilli() + from, TOLD.toEpochMilli() + to);
    }

    @Test
    void onARunningMachineItIsTheThread() {
        stoodStill(-9_000, -3_000);
        stoodStill(0, 5_000);
        assertThat(explained(2_000)).isFalse();
        assertThat(explained(3_000)).isFalse();
    }

    @Test
    void itIsTheMachineIfTheRestIsNotTooLong() {
        stoodStill(-9_000, -2_000);
        stoodStill(-1_000, -500);
        assertThat(explained(2_499)).isTrue();
        assertThat(explained(2_500)).isTrue();
        assertThat(explained(9_600)).isFalse();
    }

    @Test
    void whatElseIsWrongIsNotTheMachine() {
        stoodStill(-9_000, 9_000);
        assertThat(standstills.explain(TOLD + " ERROR i.s.deploy.Gateway LEAK")).isFalse();
    }
}
