package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SightTest {

    private static final Supply BUDGET = new Supply.Budget(5, 900);
    private static final Supply RATE = new Supply.Rate(900);

    private static Sight of(PartitionPolicy policy) {
        return new Sight(2, 3, policy);
    }

    @ParameterizedTest
    @CsvSource({
        "DENY,  3, true,  90, 900, 900",
        "DENY,  2, true,  90, 900, 900",
        "DENY,  1, false, 30, 300, 300",
        "LOCAL, 2, true,  90, 900, 900",
        "LOCAL, 1, true,  30, 300, 300",
        "ALLOW, 1, true,  90, 900, 900",
        "LOCAL, 0, false,  0,   0,   1",
    })
    void grantsByThoseInSight(
            PartitionPolicy policy, int members, boolean grants, int sessions, long octets, long rate) {
        Sight sight = of(policy);
        assertThat(sight.obstacle(members).isEmpty()).isEqualTo(grants);
        assertThat(sight.limit(new SessionLimit(90, SessionLimit.UNLIMITED), members))
                .isEqualTo(new SessionLimit(sessions, SessionLimit.UNLIMITED));
        assertThat(sight.limit(new SessionLimit(SessionLimit.UNLIMITED, 90), members))
                .isEqualTo(new SessionLimit(SessionLimit.UNLIMITED, sessions));
        assertThat(sight.supply(BUDGET, members)).isEqualTo(new Supply.Budget(5, octets));
        assertThat(sight.supply(RATE, members)).isEqualTo(new Supply.Rate(rate));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "1, 3", "3, 7"})
    void twoSidesUnderLocalGrantNoMoreThanTheWholeIfBothAreTooSmall(int one, int nodes) {
        Sight sight = new Sight(nodes, nodes, PartitionPolicy.LOCAL);
        Supply.Budget here = (Supply.Budget) sight.supply(BUDGET, one);
        Supply.Budget there = (Supply.Budget) sight.supply(BUDGET, nodes - one);
        assertThat(here.octets() + there.octets()).isBetween(898L, 900L);
    }
}
