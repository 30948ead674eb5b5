package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.testkit.Asks;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalQuotaStoreTest {

    private long now = 1_000_000;
    /** What the clock has been set forward by. */
    private long set;

    private final LocalQuotaStore store = new LocalQuotaStore(() -> now + set, () -> now, UsageLog.NOWHERE);

    private boolean acquire(String counter, int limit) {
        return store.acquire(counter, SessionLimit.open(limit)).result();
    }

    @Test
    void grantsUpToTheLimitOfEachCounterApart() {
        assertThat(acquire("a", 2)).isTrue();
        assertThat(acquire("a", 2)).isTrue();
        assertThat(acquire("a", 2)).isFalse();
        assertThat(acquire("b", 2)).isTrue();
        store.release("a");
        assertThat(acquire("a", 2)).isTrue();
        assertThat(acquire("a", 2)).isFalse();
    }

    @Test
    void nothingIsGrantedUnderALimitOfZero() {
        assertThat(acquire("a", 0)).isFalse();
    }

    @Test
    void releasesNeverGoBelowZero() {
        store.release("a");
        assertThat(acquire("a", 1)).isTrue();
        store.release("a");
        store.release("a");
        assertThat(acquire("a", 1)).isTrue();
        assertThat(acquire("a", 1)).isFalse();
    }

    @Test
    void noSecondHasMoreStartsThanTheRate() {
        SessionLimit limit = new SessionLimit(2, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(store.acquire("a", limit).result()).isTrue();
            store.release("a");
        }
        assertThat(store.acquire("a", limit).result()).isFalse();
        now += 1_100;
        assertThat(store.acquire("a", limit).result()).isTrue();
        assertThat(store.acquire("a", limit).result()).isTrue();
        assertThat(store.acquire("a", limit).result()).as("two are open").isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -4_000, 4_000, 3_600_000})
    void aClockThatIsSetChangesNeitherStartsNorBandwidths(long by) {
        Supply rate = new Supply.Rate(1_000);
        SessionLimit limit = new SessionLimit(9, 1);
        assertThat(store.acquire("a", limit).result()).isTrue();
        assertThat(store.reserve("b", first(1_000), rate).result().held()).isEqualTo(250);
        set = by;
        now += 100;
        assertThat(store.acquire("a", limit).result()).isFalse();
        assertThat(store.reserve("b", first(1_000), rate).result().held()).isBetween(1L, 100L);
        now += 1_000;
        assertThat(store.acquire("a", limit).result()).isTrue();
        assertThat(store.reserve("b", first(1_000), rate).result().held()).isBetween(50L, 250L);
    }

    @Test
    void countersThatHoldNothingAnyMoreAreForgotten() {
        SessionLimit limit = new SessionLimit(1, 1);
        for (int i = 0; i < 100_000; i++) {
            now++;
            assertThat(store.acquire("client" + i, limit).result()).isTrue();
            store.release("client" + i);
        }
        assertThat(store.size()).isLessThan(5_000);
    }

    @Test
    void bandwidthsOfThoseWhoHaveGoneAreForgotten() {
        Supply rate = new Supply.Rate(1_000_000);
        for (int i = 0; i < 50_000; i++) {
            now += 20;
            assertThat(store.reserve("client" + i, first(1_000), rate).result().held())
                    .isEqualTo(1_000);
        }
        assertThat(store.size()).isLessThan(5_000);
    }

    @Test
    void trafficIsForgottenWhenItsOwnPeriodIsOverAndNotBefore() {
        long hour = Duration.ofHours(1).toMillis();
        for (int i = 0; i < 20_000; i++) {
            now += 10_000;
            Supply budget = new Supply.Budget(now - now % hour, now - now % hour + hour, 1_000);
            assertThat(store.reserve("client" + i, first(1_000), budget)
                            .result()
                            .held())
                    .isEqualTo(1_000);
            assertThat(store.reserve("client" + i, first(1), budget).result().held())
                    .isZero();
        }
        assertThat(store.size()).isLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {30_000, 3_600_000, 40 * 86_400_000L})
    void aClockThatIsAheadForAMomentForgetsNoTraffic(long ahead) {
        long hour = Duration.ofHours(1).toMillis();
        now += 3 * hour - now % hour - 10_000;
        Supply budget = new Supply.Budget(now - now % hour, now - now % hour + hour, 1_000);
        assertThat(store.reserve("client", first(1_000), budget).result().held())
                .isEqualTo(1_000);
        set = ahead;
        for (int i = 0; i < 10_000; i++) {
            assertThat(acquire("another", 10_000)).isTrue();
            now += i % 5 == 0 ? 1 : 0;
        }
        set = 0;
        assertThat(store.reserve("client", first(1), budget).result().held()).isZero();
    }

    private static Ask first(long wanted) {
        return Asks.of(UUID.randomUUID(), 1, true, 0, wanted);
    }

    @Test
    void closingGivesEverythingBack() {
        assertThat(acquire("a", 1)).isTrue();
        assertThat(store.close().succeeded()).isTrue();
        assertThat(acquire("a", 1)).isTrue();
    }

    @Test
    void theLimitHoldsWhenThreadsRace() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Void> client = () -> {
            for (int i = 0; i < 5_000; i++) {
                if (acquire("a", 3)) {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    open.decrementAndGet();
                    store.release("a");
                }
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> client).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(IntStream.range(0, 4).filter(i -> acquire("a", 3)).count()).isEqualTo(3);
    }
}
