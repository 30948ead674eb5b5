package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.store.CounterUse;
import io.socksgateway.core.store.QuotaUses.Prefix;
import io.socksgateway.testkit.Asks;
import io.socksgateway.testkit.Await;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators are told of the counters of a cluster, whichever member they ask. */
class HazelcastQuotaUsesIT {

    private static final long PERIOD = 1_000_000;
    private static final Supply BUDGET = new Supply.Budget(PERIOD, 1_000);

    private static ThreeMembers cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new ThreeMembers(1);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static List<CounterUse> page(int member, String prefix, @Nullable String after, int most) throws Exception {
        Prefix both = new Prefix(prefix, prefix + "month/");
        return Await.result(new HazelcastQuotaUses(cluster.members.get(member)).page(both, after, most));
    }

    @Test
    void sessionsOfAllMembersAreToldByEachOfThem() throws Exception {
        for (int member = 0; member < 3; member++) {
            assertThat(Await.result(cluster.acquire(member, "open/user/alice", 9)))
                    .isTrue();
        }
        for (int member = 0; member < 3; member++) {
            assertThat(page(member, "open/user/", null, 10))
                    .containsExactly(new CounterUse("open/user/alice", 3, null));
        }
    }

    @Test
    void pagesAreByNameAndHaveNoGaps() throws Exception {
        for (int i = 0; i < 25; i++) {
            assertThat(Await.result(cluster.acquire(i % 3, "many/user/u%02d".formatted(i), 9)))
                    .isTrue();
        }
        assertThat(Await.result(cluster.acquire(0, "many2/user/u", 9))).isTrue();
        List<CounterUse> first = page(1, "many/user/", null, 10);
        List<CounterUse> second = page(2, "many/user/", "u09", 10);
        List<CounterUse> third = page(0, "many/user/", "u19", 10);

        assertThat(first)
                .extracting(CounterUse::counter)
                .startsWith("many/user/u00")
                .endsWith("many/user/u09");
        assertThat(second)
                .extracting(CounterUse::counter)
                .startsWith("many/user/u10")
                .endsWith("many/user/u19");
        assertThat(third)
                .extracting(CounterUse::counter)
                .startsWith("many/user/u20")
                .endsWith("many/user/u24");
    }

    /** Starts are remembered for a second, by the entries of sessions that have ended too, which stay until they are swept. */
    @Test
    void thoseWithNothingOpenMakeNoPageShorter() throws Exception {
        SessionLimit paced = new SessionLimit(9, 9);
        for (int i = 0; i < 30; i++) {
            String counter = "ended/user/u%02d".formatted(i);
            assertThat(Await.result(cluster.stores.get(i % 3).acquire(counter, paced)))
                    .isTrue();
            if (i % 10 != 9) {
                cluster.stores.get(i % 3).release(counter);
            }
        }
        Await.until(() -> IntStream.range(0, 30)
                .filter(i -> i % 10 != 9)
                .allMatch(i -> cluster.recorded(0, "ended/user/u%02d".formatted(i)) == 0));
        assertThat(page(0, "ended/user/", null, 2))
                .extracting(CounterUse::counter)
                .containsExactly("ended/user/u09", "ended/user/u19");
        assertThat(page(1, "ended/user/", "u19", 2))
                .extracting(CounterUse::counter)
                .containsExactly("ended/user/u29");
        assertThat(page(2, "ended/user/", "u29", 2)).isEmpty();
    }

    @Test
    void sessionsAndTrafficOfASubjectAreToldTogether() throws Exception {
        assertThat(Await.result(cluster.acquire(0, "both/a", 9))).isTrue();
        assertThat(Await.result(cluster.acquire(0, "both/a!", 9))).isTrue();
        for (String subject : List.of("a", "a b", "b")) {
            assertThat(reserve("both/month/" + subject, Asks.of(UUID.randomUUID(), 1, true, 0, 10))
                            .held())
                    .isEqualTo(10);
        }
        CounterUse.Traffic ten = new CounterUse.Traffic(PERIOD, 10);
        assertThat(page(1, "both/", null, 2))
                .containsExactly(new CounterUse("both/a", 1, ten), new CounterUse("both/a b", 0, ten));
        assertThat(page(1, "both/", "a b", 2))
                .containsExactly(new CounterUse("both/a!", 1, null), new CounterUse("both/b", 0, ten));
    }

    @Test
    void trafficThatIsForgivenMayBeMovedAgain() throws Exception {
        String counter = "moved/month/alice";
        UUID node = UUID.randomUUID();
        assertThat(reserve(counter, Asks.of(node, 1, true, 0, 1_000)).held()).isEqualTo(1_000);
        assertThat(reserve(counter, Asks.of(node, 2, false, 1_000, 500)).held()).isZero();
        assertThat(page(1, "moved/", null, 10))
                .containsExactly(new CounterUse("moved/alice", 0, new CounterUse.Traffic(PERIOD, 1_000)));

        assertThat(Await.result(new HazelcastQuotaUses(cluster.members.get(2)).forgive(counter)))
                .isTrue();

        assertThat(page(0, "moved/", null, 10).get(0).traffic()).isEqualTo(new CounterUse.Traffic(PERIOD, 0));
        assertThat(reserve(counter, Asks.of(node, 3, false, 1_000, 1_000)).held())
                .isEqualTo(1_000);
        assertThat(reserve(counter, Asks.of(node, 4, false, 2_000, 1)).held()).isZero();
        assertThat(Await.result(new HazelcastQuotaUses(cluster.members.get(2)).forgive("moved/month/nobody")))
                .isFalse();
    }

    @Test
    void theFullestAreThoseWithMostSessionsAndThoseWithMostOctets() throws Exception {
        for (int i = 1; i <= 5; i++) {
            for (int session = 0; session < i; session++) {
                assertThat(Await.result(cluster.acquire(session % 3, "full/user/u" + i, 9)))
                        .isTrue();
            }
            assertThat(reserve("full/user.month/m" + i, Asks.of(UUID.randomUUID(), 1, true, 0, i * 100L))
                            .held())
                    .isEqualTo(i * 100L);
        }
        assertThat(Await.result(cluster.acquire(0, "full2/user/u", 9))).isTrue();

        for (int member = 0; member < 3; member++) {
            HazelcastQuotaUses uses = new HazelcastQuotaUses(cluster.members.get(member));
            assertThat(Await.result(uses.fullest(new Prefix("full/user/", "full/user.month/"), PERIOD, 2)))
                    .containsExactlyInAnyOrder(
                            new CounterUse("full/user/u5", 5, null),
                            new CounterUse("full/user/u4", 4, null),
                            new CounterUse("full/user/m5", 0, new CounterUse.Traffic(PERIOD, 500)),
                            new CounterUse("full/user/m4", 0, new CounterUse.Traffic(PERIOD, 400)));
            assertThat(Await.result(uses.fullest(new Prefix("none/user/", "none/user.month/"), PERIOD, 2)))
                    .isEmpty();
        }
    }

    private static Answer reserve(String counter, Ask ask) throws Exception {
        return Await.result(cluster.stores.get(0).reserve(counter, ask, BUDGET));
    }
}
