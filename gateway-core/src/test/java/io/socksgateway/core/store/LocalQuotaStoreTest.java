package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalQuotaStoreTest {

    private final LocalQuotaStore store = new LocalQuotaStore();

    private boolean acquire(String counter, int limit) {
        return store.acquire(counter, limit).result();
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
