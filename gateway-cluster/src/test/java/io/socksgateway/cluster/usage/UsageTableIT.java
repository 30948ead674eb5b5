package io.socksgateway.cluster.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.StoreConfig;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.quota.TrafficUsage.Share;
import io.socksgateway.testkit.Await;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same table in databases that are asked over a network; {@link UsageFileIT} has that in a file. */
class UsageTableIT {

    /** Milliseconds: nobody is here to try again what takes longer. */
    private static final long PATIENCE = 30_000;

    private static final UUID A = new UUID(1, 0);
    private static final UUID B = new UUID(2, -1);

    private static TrafficUsage usage(long period, Map<UUID, Share> shares) {
        return new TrafficUsage(period, shares);
    }

    private static Map<String, TrafficUsage> load(UsageTable table, long since) throws SQLException {
        Map<String, TrafficUsage> found = new HashMap<>();
        table.load(since, Long.MAX_VALUE, (counter, usage) -> assertThat(found.put(counter, usage))
                .isNull());
        return found;
    }

    private static long charged(Map<String, TrafficUsage> usages, String counter) {
        return Objects.requireNonNull(usages.get(counter)).charged();
    }

    abstract static class Cases {

        abstract UsageDatabase database() throws SQLException;

        @Test
        void aRowIsReplacedByNewerOnesOnly() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 50, 100), B, new Share(1, 0, 7)))));
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(4, 40, 900)))));
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(6, 60, 80))), "u/bob", usage(9, Map.of())));
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(6, 60, 80)))));

                assertThat(load(table, 0))
                        .containsExactly(
                                Map.entry("u/ann", usage(10, Map.of(A, new Share(6, 60, 80), B, new Share(1, 0, 7)))));
            }
        }

        @Test
        void theNewestPeriodOfACounterIsReadAndOldOnesAreForgotten() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                table.save(Map.of(
                        "u/ann",
                        usage(10, Map.of(A, new Share(5, 1, 2))),
                        "u/bob",
                        usage(10, Map.of(A, new Share(5, 3, 4)))));
                table.save(Map.of("u/ann", usage(20, Map.of(B, new Share(1, 5, 6)))));
                assertThat(load(table, 0))
                        .containsEntry("u/ann", usage(20, Map.of(B, new Share(1, 5, 6))))
                        .containsKey("u/bob");
                assertThat(load(table, 11)).containsOnlyKeys("u/ann");
                assertThat(table.prune(20, Long.MAX_VALUE)).isTrue();
                assertThat(load(table, 0)).containsOnlyKeys("u/ann");
            }
        }

        @Test
        void whatIsOfTheFutureIsNeitherReadNorTouchedUntilItIsForgotten() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2)))));
                table.save(Map.of("u/ann", usage(99, Map.of(B, new Share(1, 5, 6)))));
                assertThat(charged(table.settle(0, 50), "u/ann")).isEqualTo(2);
                assertThat(load(table, 0)).containsEntry("u/ann", usage(99, Map.of(B, new Share(1, 5, 6))));
                assertThat(table.prune(0, 50)).isTrue();
                assertThat(charged(load(table, 0), "u/ann")).isEqualTo(2);
            }
        }

        @Test
        void whatIsForgottenGoesInPortions() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                Map<String, TrafficUsage> old = new HashMap<>();
                for (int i = 0; i < UsageTable.PORTION + 1; i++) {
                    old.put("u/" + i, usage(10, Map.of(A, new Share(1, 1, 2))));
                }
                table.save(old);
                table.save(Map.of("u/ann", usage(20, Map.of(B, new Share(1, 5, 6)))));
                assertThat(table.prune(20, Long.MAX_VALUE)).isFalse();
                assertThat(load(table, 0)).hasSize(2).containsKey("u/ann");
                assertThat(table.prune(20, Long.MAX_VALUE)).isTrue();
                assertThat(load(table, 0)).containsOnlyKeys("u/ann");
            }
        }

        @Test
        void whatEndedProcessesHaveLeftBecomesOneShare() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                TrafficUsage forgiven = usage(10, Map.of(A, new Share(5, 60, 80), B, new Share(6, 20, 40)))
                        .forgiven(new UUID(7, 7));
                table.save(Map.of(
                        "u/ann",
                        forgiven,
                        "u/bob",
                        usage(10, Map.of(A, new Share(9, 30, 100))),
                        "u/eve",
                        usage(10, Map.of(A, Share.settled(-5)))));
                Map<String, TrafficUsage> settled = table.settle(0, Long.MAX_VALUE);
                assertThat(charged(settled, "u/ann")).isEqualTo(120 - 80);
                assertThat(charged(settled, "u/bob")).isEqualTo(100);
                assertThat(charged(settled, "u/eve")).as("never below nothing").isZero();
                assertThat(settled.values())
                        .allMatch(usage -> usage.held() == 0 && usage.byNode().size() == 1);
                assertThat(load(table, 0)).isEqualTo(settled);
                assertThat(table.settle(0, Long.MAX_VALUE)).as("once is enough").isEqualTo(settled);
            }
        }

        @Test
        void nodesThatStartTogetherMakeTheTablesTogether() throws Exception {
            ExecutorService nodes = Executors.newFixedThreadPool(4);
            try (UsageDatabase database = database()) {
                List<Callable<Void>> starts = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    UUID node = new UUID(3, i);
                    UsageTable table = new UsageTable(database);
                    starts.add(() -> {
                        for (int ask = 1; ask <= 5; ask++) {
                            table.save(Map.of("u/ann", usage(10, Map.of(node, new Share(ask, ask, ask)))));
                        }
                        return null;
                    });
                }
                for (Future<Void> each : nodes.invokeAll(starts, 60, TimeUnit.SECONDS)) {
                    assertThat(each.get()).isNull();
                }
                assertThat(charged(load(new UsageTable(database), 0), "u/ann")).isEqualTo(20);
            } finally {
                nodes.shutdownNow();
            }
        }

        @Test
        void tablesThatSomebodyHasDroppedAreMadeAgain() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                assertThat(table.prune(0, Long.MAX_VALUE)).isTrue();
                try (Connection connection = database.connect();
                        Statement statement = connection.createStatement()) {
                    boolean unused = statement.execute("DROP TABLE socks_gateway_usage");
                    unused = statement.execute("DROP TABLE socks_gateway_schema");
                }
                assertThatThrownBy(() -> table.prune(0, Long.MAX_VALUE)).isInstanceOf(SQLException.class);
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2)))));
                assertThat(load(table, 0)).containsOnlyKeys("u/ann");
            }
        }

        @Test
        void tablesOfANewerGatewayAreLeftAlone() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2)))));
                try (Connection connection = database.connect()) {
                    boolean unused = connection
                            .createStatement()
                            .execute("INSERT INTO socks_gateway_schema (version) VALUES (99)");
                }
                UsageTable another = new UsageTable(database);
                assertThatThrownBy(() -> another.prune(0, Long.MAX_VALUE))
                        .hasMessage(
                                "the tables are of version 99 (expected: at most 1): a newer gateway has used them");
            }
        }
    }

    private static TestPostgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Nested
    class InPostgres extends Cases {

        @Override
        UsageDatabase database() throws SQLException {
            postgres.execute("DROP TABLE IF EXISTS socks_gateway_usage; DROP TABLE IF EXISTS socks_gateway_schema");
            return UsageDatabase.of(postgres.config(), PATIENCE, PATIENCE);
        }

        @Test
        void aRoleThatMayMakeNothingFindsTheTablesThere() throws SQLException {
            try (UsageDatabase first = database()) {
                assertThat(new UsageTable(first).prune(0, Long.MAX_VALUE)).isTrue();
            }
            postgres.execute("REVOKE CREATE ON SCHEMA public FROM gateway");
            try (UsageDatabase second = UsageDatabase.of(postgres.config(), PATIENCE, PATIENCE)) {
                UsageTable table = new UsageTable(second);
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2)))));
                assertThat(load(table, 0)).containsOnlyKeys("u/ann");
            } finally {
                postgres.execute("GRANT CREATE ON SCHEMA public TO gateway");
            }
        }

        /** As after a failover: who has connected to a server that only reads any more must get away from it. */
        @Test
        void aConnectionThatCanOnlyReadIsNotUsedAgain() throws SQLException {
            try (UsageDatabase database = database()) {
                UsageTable table = new UsageTable(database);
                postgres.execute("ALTER ROLE gateway SET default_transaction_read_only = on");
                try {
                    assertThatThrownBy(() -> table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2))))))
                            .isInstanceOfSatisfying(SQLException.class, failure -> assertThat(failure.getSQLState())
                                    .isEqualTo("25006"));
                } finally {
                    postgres.execute("ALTER ROLE gateway RESET default_transaction_read_only");
                }
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2)))));
                assertThat(load(table, 0)).containsOnlyKeys("u/ann");
            }
        }

        @Test
        void aWrongPasswordIsNotShown() throws SQLException {
            try (UsageDatabase database = UsageDatabase.of(postgres.config("s3cr3t"), 1_000, PATIENCE)) {
                // unless that time was over before the database has said anything
                Await.until("is told why", () -> {
                    Throwable failure = catchThrowable(() -> new UsageTable(database).prune(0, Long.MAX_VALUE));
                    assertThat(failure)
                            .hasStackTraceContaining("UsageStoreException")
                            .satisfies(each -> assertThat(each.toString()).doesNotContain("s3cr3t"));
                    return String.valueOf(failure.getMessage())
                            .contains("password authentication failed for user \"gateway\"");
                });
            }
        }
    }

    @Nested
    class InAServerOfH2 extends Cases {

        private Server server;

        @BeforeEach
        void listen() throws SQLException {
            server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        }

        @AfterEach
        void end() {
            server.stop();
        }

        @Override
        UsageDatabase database() {
            return UsageDatabase.of(config(";LOCK_TIMEOUT=" + PATIENCE), PATIENCE, PATIENCE);
        }

        private StoreConfig config(String settings) {
            return new StoreConfig(
                    "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"
                            + settings,
                    "gateway",
                    new Secret("k33per"));
        }

        @Test
        @Timeout(60)
        void oneThatDoesNotAnswerHasFailed() throws SQLException {
            StoreConfig patient = config(";LOCK_TIMEOUT=600000");
            try (UsageDatabase database = UsageDatabase.of(patient, PATIENCE, PATIENCE);
                    UsageDatabase impatient = UsageDatabase.of(patient, PATIENCE, 500)) {
                UsageTable table = new UsageTable(database);
                table.save(Map.of("u/ann", usage(10, Map.of(A, new Share(5, 1, 2)))));
                try (Connection busy = database.connect();
                        Statement statement = busy.createStatement()) {
                    busy.setAutoCommit(false);
                    assertThat(statement.executeUpdate("UPDATE socks_gateway_usage SET ask = 6"))
                            .isEqualTo(1);
                    UsageTable waiting = new UsageTable(impatient);
                    assertThatThrownBy(() -> waiting.save(Map.of("u/ann", usage(10, Map.of(A, new Share(7, 1, 2))))))
                            .isInstanceOf(SQLException.class);
                    busy.rollback();
                }
            }
        }
    }
}
