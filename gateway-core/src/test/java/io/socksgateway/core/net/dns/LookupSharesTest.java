package io.socksgateway.core.net.dns;

import static io.socksgateway.core.net.dns.LookupShares.Answer.BEGINS;
import static io.socksgateway.core.net.dns.LookupShares.Answer.CLIENT_FULL;
import static io.socksgateway.core.net.dns.LookupShares.Answer.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupSharesTest {

    private final LookupShares shares = new LookupShares(80);

    private int begin(@Nullable String client, int times) {
        int begun = 0;
        for (int i = 0; i < times; i++) {
            begun += shares.begin(client) == BEGINS ? 1 : 0;
        }
        return begun;
    }

    @Test
    void aClientAloneGetsHalf() {
        assertThat(begin("192.0.2.1", 1_000)).isEqualTo(40);
        assertThat(shares.begin("192.0.2.1")).isEqualTo(CLIENT_FULL);
    }

    @Test
    void othersGetTheirShareThen() {
        assertThat(begin("192.0.2.1", 1_000)).isEqualTo(40);
        for (int i = 2; i < 6; i++) {
            assertThat(begin("192.0.2." + i, 1_000)).isEqualTo(10);
        }
        assertThat(shares.begin("192.0.2.9")).isEqualTo(FULL);
        assertThat(shares.begin(null)).isEqualTo(FULL);
    }

    @Test
    void thereIsRoomAgainWhenSomeHaveEnded() {
        int begun = begin("192.0.2.1", 1_000);
        for (int i = 0; i < begun; i++) {
            shares.end("192.0.2.1");
        }
        assertThat(begin("192.0.2.1", 1_000)).isEqualTo(40);
        shares.end("192.0.2.1");
        assertThat(shares.begin("192.0.2.1")).isEqualTo(BEGINS);
        assertThat(shares.begin("192.0.2.1")).isEqualTo(CLIENT_FULL);
    }

    @Test
    void nobodysLookupsCountToo() {
        assertThat(begin(null, 1_000)).isEqualTo(80);
        shares.end(null);
        assertThat(shares.begin(null)).isEqualTo(BEGINS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void eachHasAtLeastOne(int most) {
        LookupShares few = new LookupShares(most);
        assertThat(few.begin("192.0.2.1")).isEqualTo(BEGINS);
        assertThat(few.begin("192.0.2.2")).isEqualTo(most == 1 ? FULL : BEGINS);
    }
}
