package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.PastTraffic;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Left;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.quota.TrafficUsage.Share;
import io.socksgateway.core.store.QuotaUses.Prefix;
import io.socksgateway.testkit.Asks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Traffic of one node that is written down. */
class KeptTrafficTest {

    private static final UUID A = new UUID(1, 0);
    private static final UUID BEFORE = new UUID(2, 0);
    private static final long PERIOD = 500;
    private static final long LIMIT = 6_400;
    private static final Supply BUDGET = new Supply.Budget(PERIOD, LIMIT);

    private final List<TrafficUsage> told = new ArrayList<>();
    private final Promise<Void> written = Promise.promise();
    private long now = 1_000;
    private final LocalQuotaStore store = new LocalQuotaStore(() -> now, () -> now, (counter, usage) -> {
        told.add(usage);
        return written.future();
    });

    private Future<Answer> ask(long number, long spent, long wanted) {
        return store.reserve("a", Asks.of(A, number, number == 1, spent, wanted), BUDGET);
    }

    @Test
    void isGrantedWhenItIsWrittenDownAndNotBefore() {
        Future<Answer> first = ask(1, 0, 400);
        Future<Answer> second = ask(2, 300, 500);
        assertThat(first.isComplete()).isFalse();
        assertThat(second.isComplete()).isFalse();
        assertThat(told)
                .extracting(TrafficUsage::charged)
                .as("and a 64th ahead")
                .containsExactly(500L, 900L);
        assertThat(told.get(1).byNode()).containsEntry(A, new Share(2, 300, 900));
        written.complete();
        assertThat(first.result()).isEqualTo(new Answer(0, 400, Left.SOME));
        assertThat(second.result()).isEqualTo(new Answer(300, 500, Left.SOME));
    }

    @Test
    void withinWhatIsWrittenDownAheadNothingIsWritten() {
        Future<Answer> first = ask(1, 0, 400);
        Future<Answer> second = ask(2, 400, 100);
        assertThat(second.isComplete()).as("the first is not written yet").isFalse();
        written.complete();
        assertThat(second.result().held()).isEqualTo(100);
        assertThat(first.result().held()).isEqualTo(400);
        assertThat(told).hasSize(1);
        assertThat(ask(3, 500, 1).succeeded()).isTrue();
        assertThat(told).hasSize(2);
    }

    /** A limit of a terabyte, used up as fast as it goes, and then slowly. */
    @Test
    void theFasterItIsUsedUpTheMoreIsWrittenDownAhead() {
        written.complete();
        Supply large = new Supply.Budget(PERIOD, 1L << 40);
        long spent = 0;
        for (int number = 1; number <= 1_000; number++) {
            now += 10;
            long held = 64 << 20;
            assertThat(store.reserve("a", Asks.of(A, number, number == 1, spent, held), large)
                            .succeeded())
                    .isTrue();
            spent += held;
        }
        assertThat(told.size()).as("in ten seconds").isBetween(40, 80);
        assertThat(told.get(told.size() - 1).charged() - spent).isLessThanOrEqualTo(1L << 30);

        for (int number = 1_001; number <= 1_100; number++) {
            now += 10_000;
            assertThat(store.reserve("a", Asks.of(A, number, false, spent, 64 << 20), large)
                            .succeeded())
                    .isTrue();
            spent += 64 << 20;
        }
        assertThat(told.get(told.size() - 1).charged() - spent).isLessThanOrEqualTo(64L << 20);
    }

    @Test
    void whatIsGivenBackIsWrittenDownToTheOctet() {
        written.complete();
        assertThat(ask(1, 0, 400).succeeded()).isTrue();
        assertThat(ask(2, 123, 0).succeeded()).isTrue();
        assertThat(told).extracting(TrafficUsage::charged).containsExactly(500L, 123L);
        assertThat(ask(3, 123, 1).succeeded()).isTrue();
        assertThat(told).as("nothing is covered any more").hasSize(3);
    }

    @Test
    void anAskThatChangesNothingIsNotWrittenDown() {
        Future<Answer> first = ask(1, 0, 400);
        Future<Answer> again = ask(1, 0, 400);
        assertThat(told).hasSize(1);
        written.complete();
        assertThat(again.result()).isEqualTo(first.result());
    }

    @Test
    void whatWasUsedBeforeCountsAlsoIfItIsFoundOutLater() {
        written.complete();
        assertThat(ask(1, 0, 400).result().held()).isEqualTo(400);
        TrafficUsage kept = new TrafficUsage(PERIOD, Map.of(BEFORE, Share.settled(5_950)));
        store.restore("a", kept);
        store.restore("a", kept);
        assertThat(ask(2, 400, 400).result()).isEqualTo(new Answer(400, 50, Left.SOME));
        store.restore("b", kept);
        assertThat(store.page(new Prefix("", ""), null, 9).result())
                .extracting(use -> use.traffic() == null ? 0 : use.traffic().octets())
                .containsExactly(LIMIT, 5_950L);
    }

    @Test
    void whatIsForgivenIsWrittenDown() {
        written.complete();
        store.restore("a", new TrafficUsage(PERIOD, Map.of(BEFORE, Share.settled(5_950))));
        assertThat(store.forgive("a").result()).isTrue();
        assertThat(store.forgive("a").result()).isFalse();
        assertThat(store.forgive("nobody").result()).isFalse();
        assertThat(told).extracting(TrafficUsage::charged).containsExactly(0L);
        assertThat(told.get(0).byNode()).hasSize(2).containsEntry(BEFORE, Share.settled(5_950));
    }

    @Test
    void whatWasKeptIsForgottenSomeHoursAfterItsOwnPeriod() {
        store.restore("a/user.hour.total.UTC/u", new TrafficUsage(0, Map.of(BEFORE, Share.settled(5_950))));
        long over = 3_600_000 + PastTraffic.LATE;
        for (long at : new long[] {over - 1, over}) {
            now = at;
            for (int i = 0; i < 1_024; i++) {
                assertThat(store.acquire("sessions", SessionLimit.open(5_000)).result())
                        .isTrue();
            }
            assertThat(store.page(new Prefix("a/", "a/"), null, 9).result()).hasSize(at < over ? 1 : 0);
        }
    }

    @Test
    void periodsThatAreLongOverAreForgotten() {
        written.complete();
        assertThat(ask(1, 0, 400).succeeded()).isTrue();
        now += 2 * Period.LONGEST;
        for (int i = 0; i < 1_024; i++) {
            assertThat(store.acquire("sessions", SessionLimit.open(2_000)).result())
                    .isTrue();
        }
        assertThat(store.page(new Prefix("a", "a"), null, 9).result()).isEmpty();
    }
}
