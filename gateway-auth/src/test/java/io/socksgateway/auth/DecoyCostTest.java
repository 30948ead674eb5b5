package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecoyCostTest {

    private static final PasswordHash BCRYPT = PasswordHash.parse(Vectors.BCRYPT);
    private static final PasswordHash APR1 = PasswordHash.parse(Vectors.APR1);

    private final DecoyCost costs = new DecoyCost(PasswordHash.decoyOfDefault());

    @Test
    void imitatesTheDefaultUntilAUserIsSeenAndThenTheUsual() {
        assertThat(costs.decoy()).hasToString(PasswordHash.decoyOfDefault().toString());
        costs.saw(BCRYPT);
        assertThat(costs.decoy().cost()).isEqualTo(BCRYPT.cost());
        costs.saw(APR1);
        costs.saw(APR1);
        costs.saw(BCRYPT);
        costs.saw(APR1);
        assertThat(costs.decoy().cost()).isEqualTo(APR1.cost());
        for (int i = 0; i < 64; i++) {
            costs.saw(BCRYPT);
        }
        assertThat(costs.decoy().cost()).isEqualTo(BCRYPT.cost());
    }

    @Test
    void noPasswordFitsIt() {
        costs.saw(APR1);
        assertThat(costs.decoy().verify(Vectors.HORSE.getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
