package io.socksgateway.cluster.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.UsageStoreStatus;
import io.socksgateway.testkit.Asks;
import io.socksgateway.testkit.Eventually;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node counts, in a file. */
class UsageKeeperIT {

    private static final long NOW = 1_800_000_000_000L;
    private static final long PERIOD = NOW - 5_000;
    private static final long LIMIT = 6_400;

    private Path folder;

    @BeforeEach
    void choose(@TempDir Path temporary) {
        folder = temporary.resolve("data");
    }

    private UsageDatabase database() {
        return UsageDatabase.in(folder, "usage");
    }

    /** A node's life. */
    private static final class Life implements AutoCloseable {
        private final UUID node = UUID.randomUUID();
        private final Map<String, TrafficUsage> restored = new HashMap<>();
        private final LocalQuotaStore[] store = new LocalQuotaStore[1];
        private final UsageKeeper keeper;
        private long number;

        Life(UsageDatabase database) {
            this(database, 250);
        }

        Life(UsageDatabase database, long patience) {
            BiConsumer<String, TrafficUsage> restore = (counter, usage) -> {
                restored.put(counter, usage);
                store[0].restore(counter, usage);
            };
            keeper = UsageKeeper.ofNode(database, () -> NOW, restore, patience);
            store[0] = new LocalQuotaStore(() -> NOW, keeper);
        }

        Answer reserve(long spent, long wanted) throws TimeoutException {
            number++;
            Ask ask = Asks.of(node, number, number == 1, spent, wanted);
            return await(store[0].reserve("u/ann", ask, new Supply.Budget(PERIOD, LIMIT)));
        }

        UsageStoreStatus status() {
            return keeper.status();
        }

        @Override
        public void close() {
            keeper.close();
        }
    }

    private static void isTrueWithin30s(String what, Callable<Boolean> condition) throws Exception {
        assertThat(Eventually.within(30_000, condition)).as(what).isTrue();
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(30, TimeUnit.SECONDS);
    }

    @Test
    void whatWasGivenBackAtTheEndIsThereAgainToTheOctet() throws TimeoutException {
        try (Life first = new Life(database())) {
            await(first.keeper.begin());
            assertThat(first.reserve(0, 500).held()).isEqualTo(500);
            assertThat(first.reserve(123, 0).held()).isZero();
            assertThat(first.status().working()).isTrue();
        }
        try (Life second = new Life(database())) {
            await(second.keeper.begin());
            assertThat(charged(second.restored)).isEqualTo(123);
            assertThat(second.reserve(0, LIMIT).held()).isEqualTo(LIMIT - 123);
            assertThat(second.status().known()).isTrue();
        }
    }

    @Test
    void whatAKilledProcessWasGrantedCountsAndAtMostASixtyFourthMore() throws Exception {
        long granted = 0;
        for (int i = 0; i < 5; i++) {
            UsageDatabase database = database();
            // of a disk that is slow now and then: what is answered is written
            try (Life life = new Life(database, 60_000)) {
                await(life.keeper.begin());
                long ahead = i * LIMIT / 64;
                assertThat(charged(life.restored)).isBetween(granted, granted + ahead);
                assertThat(life.reserve(0, 500).held()).isEqualTo(500);
                assertThat(life.reserve(500, 500).held()).isEqualTo(500);
                kill(database);
                granted += 1_000;
            }
        }
    }

    private static long charged(Map<String, TrafficUsage> usages) {
        return usages.values().stream().mapToLong(TrafficUsage::charged).sum();
    }

    /** Leaves the file as the kill of a process does. */
    private static void kill(UsageDatabase database) throws SQLException {
        try {
            execute(database, "SHUTDOWN IMMEDIATELY");
        } catch (SQLNonTransientConnectionException e) {
            assertThat(e.getMessage()).contains("already closed");
        }
    }

    private static void execute(UsageDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    @Test
    void manyLivesLeaveOneRowAndTheLimitHoldsOverAllOfThem() throws Exception {
        long moved = 0;
        for (int i = 0; i < 10; i++) {
            try (Life life = new Life(database())) {
                await(life.keeper.begin());
                long held = life.reserve(0, 1_000).held();
                moved += held;
                assertThat(life.reserve(held, 0).held()).isZero();
            }
        }
        assertThat(moved).isEqualTo(LIMIT);
        try (UsageDatabase database = database()) {
            Map<String, TrafficUsage> rows = new HashMap<>();
            new UsageTable(database).load(0, Long.MAX_VALUE, rows::put);
            assertThat(rows.values())
                    .hasSize(1)
                    .allMatch(usage -> usage.byNode().size() <= 2);
            assertThat(charged(rows)).isEqualTo(LIMIT);
        }
    }

    @Test
    void aDatabaseThatIsAwayHoldsUpNobodyAndGetsEverythingWhenItIsBack() throws Exception {
        try (Life first = new Life(database())) {
            await(first.keeper.begin());
            assertThat(first.reserve(0, 500).held()).isEqualTo(500);
            assertThat(first.reserve(300, 0).held()).isZero();
        }
        UsageDatabase database = database();
        try (Life second = new Life(database)) {
            execute(database, "ALTER TABLE socks_gateway_usage RENAME TO away");
            Future<Void> begun = second.keeper.begin();
            isTrueWithin30s("fails", () -> second.status().failures() > 0);
            assertThat(begun.isComplete()).as("it is tried again").isFalse();
            for (int i = 0; i < 20; i++) {
                assertThat(second.reserve(i * 100L, 100).held()).isEqualTo(100);
            }
            assertThat(second.status())
                    .matches(status -> !status.working() && !status.known() && status.failures() > 0)
                    .extracting(UsageStoreStatus::pending)
                    .isEqualTo(1);
            execute(database, "ALTER TABLE away RENAME TO socks_gateway_usage");
            isTrueWithin30s("works", () -> second.status().working());
            await(begun);
            assertThat(second.status().known()).isTrue();
            assertThat(second.reserve(2_000, LIMIT).held())
                    .as("what was used before counts too")
                    .isEqualTo(LIMIT - 2_300);
        }
        try (Life third = new Life(database())) {
            await(third.keeper.begin());
            assertThat(charged(third.restored)).isGreaterThanOrEqualTo(LIMIT);
        }
    }

    @Test
    void aDatabaseThatHangsHoldsUpNobodyForLong() throws Exception {
        try (TestPostgres postgres = TestPostgres.start();
                Life life = new Life(UsageDatabase.of(postgres.config()))) {
            await(life.keeper.begin());
            assertThat(life.reserve(0, 100).held()).isEqualTo(100);
            try (Connection held = postgres.lock("socks_gateway_usage")) {
                for (int i = 1; i <= 20; i++) {
                    assertThat(life.reserve(i * 100L, 100).held()).isEqualTo(100);
                }
                assertThat(held.isClosed()).isFalse();
            }
            isTrueWithin30s("is written", () -> life.status().pending() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 10, 60})
    void aClockThatIsDaysAheadAtTheStartHidesNothing(long days) throws Exception {
        String hourly = "volume/client.hour.total.UTC/192.0.2.1";
        String past = "volume/client.hour.total.UTC/192.0.2.2";
        String monthly = "volume/client.month.total.UTC/192.0.2.2";
        long hour = Period.HOUR.startOf(NOW, ZoneOffset.UTC);
        try (UsageKeeper first = UsageKeeper.ofNode(database(), () -> NOW, (counter, usage) -> {})) {
            await(first.begin());
            await(first.changed(hourly, used(hour)));
            await(first.changed(past, used(hour - 24 * 3_600_000)));
            await(first.changed(monthly, used(Period.MONTH.startOf(NOW, ZoneOffset.UTC))));
        }
        long ahead = NOW + days * 86_400_000;
        Map<String, TrafficUsage> restored = new HashMap<>();
        try (UsageKeeper second = UsageKeeper.ofNode(database(), () -> ahead, restored::put)) {
            await(second.begin());
            assertThat(restored).containsOnlyKeys(hourly, monthly);
            restored.clear();
            second.read(restored::put);
            assertThat(restored).containsOnlyKeys(hourly, monthly);
        }
    }

    private static TrafficUsage used(long period) {
        return new TrafficUsage(period, Map.of(UUID.randomUUID(), TrafficUsage.Share.settled(5)));
    }

    @Test
    void whatIsNeverUsedIsNeverMade() {
        try (Life life = new Life(database())) {
            assertThat(life.status().working()).isTrue();
        }
        assertThat(folder).doesNotExist();
    }
}
