package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.SessionLimit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small cluster goes through what the large ones of {@code bench/simulate} go through. No real time passes. */
class GrowthSimulationTest {

    /** Seconds in which the sessions of a node that is lost are free, as documented. */
    private static final double FREE_AGAIN = 15;

    private static GrowthPlan plan(int nodes, PartitionPolicy policy, long seed) {
        return new GrowthPlan(
                nodes,
                100 * nodes,
                seed,
                policy,
                nodes / 2 + 1,
                250,
                5,
                20,
                1.0,
                new SessionLimit(25, 5),
                0.05,
                1_000_000,
                2_000_000,
                50_000_000,
                nodes,
                1,
                0.2,
                GrowthPlan.Schedule.USUAL);
    }

    @Test
    void limitsHoldAndCountsAreRightAgainAfterDeathFreezeAndSplit() {
        GrowthOutcome outcome = new GrowthSimulation(plan(20, PartitionPolicy.DENY, 4)).run();

        assertThat(outcome.began).isGreaterThan(4_000);
        assertThat(outcome.refused).isGreaterThan(1_000);
        assertThat(outcome.usedUp).isGreaterThan(5);
        assertThat(outcome.sessionsOver).isZero();
        assertThat(outcome.octetsOver).isZero();
        assertThat(outcome.octetsOverStale).isZero();
        assertThat(outcome.octetsUnrecorded).isZero();
        assertThat(outcome.fastest).isBetween(0.95, 1.05);
        assertThat(outcome.shared).isBetween(0.95, 1.05);
        assertThat(outcome.fairnessOfNodes).isGreaterThan(0.99);
        assertThat(outcome.recoveryFromDeath).isBetween((double) HazelcastSettings.SILENCE, FREE_AGAIN);
        assertThat(outcome.recoveryFromFreeze).isLessThan(FREE_AGAIN);
        assertThat(outcome.recoveryFromSplit).isLessThan(FREE_AGAIN);
        assertThat(outcome.wrongAtEnd).isZero();
    }

    @Test
    void bothSidesOfASplitGrantAsMuchAsThePolicySays() {
        GrowthOutcome deny = new GrowthSimulation(plan(5, PartitionPolicy.DENY, 2)).run();
        GrowthOutcome allow = new GrowthSimulation(plan(5, PartitionPolicy.ALLOW, 2)).run();

        assertThat(allow.mostOver).isGreaterThan(deny.mostOver);
        assertThat(allow.failed).isLessThan(deny.failed);
        assertThat(deny.wrongAtEnd).isZero();
        assertThat(allow.wrongAtEnd).isZero();
    }

    @Test
    void theSameInputHasTheSameOutcome() {
        GrowthOutcome one = new GrowthSimulation(plan(4, PartitionPolicy.LOCAL, 3)).run();
        GrowthOutcome other = new GrowthSimulation(plan(4, PartitionPolicy.LOCAL, 3)).run();

        assertThat(GrowthReport.csv(List.of(one))).isEqualTo(GrowthReport.csv(List.of(other)));
        assertThat(one.events).isEqualTo(other.events);
    }
}
