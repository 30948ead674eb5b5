package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.cluster.usage.TestPostgres;
import io.socksgateway.cluster.usage.UsageDatabase;
import io.socksgateway.cluster.usage.UsageKeeper;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.testkit.Asks;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster has counted, after the end of all its members. */
class ClusterUsageIT {

    private static final List<String> COUNTERS =
            IntStream.range(0, 12).mapToObj(i -> "volume/user/u" + i).toList();
    private final long period = System.currentTimeMillis() / 86_400_000 * 86_400_000;
    private final Supply.Budget budget = new Supply.Budget(period, 1_000_000);

    private static @Nullable TestPostgres postgres;

    private final List<Life> lives = new ArrayList<>();
    private Path folder;

    /** One for all, as it takes seconds to start; it outlives those who write to it. */
    private static TestPostgres postgres() throws Exception {
        TestPostgres server = postgres == null ? TestPostgres.start() : postgres;
        postgres = server;
        server.execute("DROP TABLE IF EXISTS socks_gateway_usage; DROP TABLE IF EXISTS socks_gateway_schema");
        return server;
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void choose(@TempDir Path temporary) {
        folder = temporary;
    }

    @AfterEach
    void stop() {
        lives.forEach(Life::kill);
    }

    /** A member, from its start to its end. */
    private final class Life {
        private final ClusterUsage usage;
        private final UsageDatabase database;
        private final HazelcastInstance member;
        private final OctetMaps maps;
        private final UUID node = UUID.randomUUID();
        private long number;
        private boolean ended;

        Life(ClusterConfig config, UsageDatabase database) {
            this.database = database;
            usage = new ClusterUsage(database);
            Config settings = HazelcastSettings.of(config);
            usage.configure(settings);
            member = Hazelcast.newHazelcastInstance(settings);
            usage.started(member);
            maps = new OctetMaps(member, System::currentTimeMillis);
        }

        /** Reserves so much of each counter and gives half of it back. */
        void reserve(long octets) {
            number++;
            for (String counter : COUNTERS) {
                await(Future.fromCompletionStage(
                        maps.reserve(counter, Asks.of(node, number, true, 0, octets), budget)));
            }
            number++;
            for (String counter : COUNTERS) {
                Ask ask = Asks.of(node, number, false, octets / 2, 0);
                await(Future.fromCompletionStage(maps.reserve(counter, ask, budget)));
            }
        }

        /** Reserves a little of a counter in a period. */
        void reserve(String counter, long since) {
            number++;
            await(Future.fromCompletionStage(
                    maps.reserve(counter, Asks.of(node, number, true, 0, 100), new Supply.Budget(since, 1_000))));
        }

        Map<String, Long> charged() {
            return COUNTERS.stream()
                    .collect(Collectors.toMap(counter -> counter, counter -> Objects.requireNonNull(maps.usage(counter))
                            .charged()));
        }

        /** What its database knows, beside whoever writes. */
        Map<String, Long> written() {
            Map<String, Long> charged = new HashMap<>();
            try {
                UsageKeeper.ofCluster(database, System::currentTimeMillis)
                        .read((counter, used) -> charged.put(counter, used.charged()));
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            return charged;
        }

        int seen() {
            return member.getCluster().getMembers().size();
        }

        /** Everything is written, and then it is gone without a word. */
        void killWhenWritten() {
            Await.until(() -> usage.status().pending() == 0);
            kill();
        }

        void kill() {
            if (!ended) {
                ended = true;
                member.getLifecycleService().terminate();
                usage.close();
            }
        }
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private Life start(ClusterConfig config, UsageDatabase database) {
        Life life = new Life(config, database);
        lives.add(life);
        await(life.usage.begin());
        return life;
    }

    private UsageDatabase file(String name) {
        return UsageDatabase.in(folder.resolve(name), "cluster-usage");
    }

    private static Map<String, Long> all(long octets) {
        return COUNTERS.stream().collect(Collectors.toMap(counter -> counter, counter -> octets));
    }

    @Test
    void aDatabaseOfAllKnowsItAfterTheLastHasEnded() throws Exception {
        TestPostgres server = postgres();
        List<ClusterConfig> configs = LoopbackMembers.nodes(3, 1);
        for (ClusterConfig config : configs) {
            start(config, UsageDatabase.of(server.config())).reserve(2_000);
        }
        assertThat(lives.get(0).charged()).isEqualTo(all(3_000));
        lives.forEach(Life::killWhenWritten);

        Life again = start(configs.get(1), UsageDatabase.of(server.config()));
        assertThat(again.charged()).isEqualTo(all(3_000));
        assertThat(again.usage.status().known()).isTrue();
        Life second = start(configs.get(0), UsageDatabase.of(server.config()));
        assertThat(second.usage.status().known()).isTrue();
        second.reserve(500);
        assertThat(again.charged()).as("nothing counts twice").isEqualTo(all(3_250));
    }

    @Test
    void filesOfAllNodesKnowItTogetherInAnyOrder() throws Exception {
        List<ClusterConfig> configs = LoopbackMembers.nodes(3, 1);
        for (int i = 0; i < 3; i++) {
            start(configs.get(i), file("node" + i)).reserve(2_000);
        }
        // all at once: each has written what it owned
        lives.forEach(Life::killWhenWritten);

        Life first = start(configs.get(0), file("node2"));
        Life second = start(configs.get(1), file("node0"));
        Life third = start(configs.get(2), file("node1"));
        assertThat(third.charged()).isEqualTo(all(3_000));
        Await.until(() -> first.member.getPartitionService().isClusterSafe()); // each entry has a copy
        third.killWhenWritten(); // its entries go on with the others, who write them down
        // who is asked before it is known to be gone would be waited for
        Await.until(() -> first.seen() == 2 && second.seen() == 2);
        Await.until(() -> first.member.getPartitionService().isClusterSafe());
        assertThat(second.charged()).isEqualTo(all(3_000));
    }

    @Test
    void theLastMemberOfManyKnowsItAlone() throws Exception {
        List<ClusterConfig> configs = LoopbackMembers.nodes(2, 1);
        Life first = start(configs.get(0), file("node0"));
        Life second = start(configs.get(1), file("node1"));
        first.reserve(2_000);
        second.reserve(2_000);
        first.member.shutdown(); // in order
        Await.until(() -> second.seen() == 1);
        Await.until(() -> second.written().equals(all(2_000)));
        second.killWhenWritten();

        Life again = start(configs.get(0), file("node1"));
        assertThat(again.charged()).isEqualTo(all(2_000));
    }

    @Test
    void periodsThatAreOverAreForgottenAndNotBroughtBack() throws Exception {
        long now = System.currentTimeMillis();
        String hourly = "volume/client.hour.total.UTC/2001:db8::/64";
        String past = "volume/client.hour.total.UTC/2001:db8:0:1::/64";
        String monthly = "volume/client.month.total.UTC/2001:db8:0:1::/64";
        long hour = Period.HOUR.startOf(now, ZoneOffset.UTC);
        ClusterConfig config = LoopbackMembers.nodes(1, 1).get(0);
        Life first = start(config, file("node0"));
        first.reserve(hourly, hour);
        first.reserve(past, hour - 24 * 3_600_000);
        first.reserve(monthly, Period.MONTH.startOf(now, ZoneOffset.UTC));
        assertThat(first.maps.usage(past)).isNotNull();
        Await.until(() -> first.usage.status().pending() == 0);

        first.maps.forgetPeriods();

        assertThat(first.maps.usage(past)).isNull();
        assertThat(first.maps.usage(hourly)).isNotNull();
        assertThat(first.maps.usage(monthly)).isNotNull();
        first.killWhenWritten();

        Life again = start(config, file("node0"));
        assertThat(again.maps.usage(past)).isNull();
        assertThat(again.maps.usage(hourly)).isNotNull();
        assertThat(again.maps.usage(monthly)).isNotNull();
    }

    @Test
    void onlyWhatNobodyHasACopyOfIsReadAgain() {
        assertThat(ClusterUsage.isGone(0)).as("its copy is the owner now").isFalse();
        assertThat(ClusterUsage.isGone(1)).isTrue();
    }

    @Test
    void whatWasForgivenStaysForgiven() throws Exception {
        ClusterConfig config = LoopbackMembers.nodes(1, 1).get(0);
        Life first = start(config, file("node0"));
        first.reserve(2_000);
        for (String counter : COUNTERS) {
            assertThat(await(new HazelcastQuotaUses(first.member).forgive(counter)))
                    .isTrue();
        }
        first.killWhenWritten();
        assertThat(start(config, file("node0")).charged()).isEqualTo(all(0));
    }

    @Test
    void aDatabaseThatIsAwayDelaysNothingAndIsToldWhenItIsBack() throws Exception {
        TestPostgres server = postgres();
        ClusterConfig config = LoopbackMembers.nodes(1, 1).get(0);
        Life first = start(config, UsageDatabase.of(server.config()));
        first.reserve(2_000);
        first.killWhenWritten();

        server.execute("ALTER TABLE socks_gateway_usage RENAME TO away");
        Life second = new Life(config, UsageDatabase.of(server.config()));
        lives.add(second);
        Future<Void> begun = second.usage.begin();
        Await.until(() -> !second.usage.status().working());
        assertThat(begun.isComplete()).as("it is tried again").isFalse();
        second.reserve(500);
        assertThat(second.charged()).isEqualTo(all(250));
        assertThat(second.usage.status().working()).isFalse();
        server.execute("ALTER TABLE away RENAME TO socks_gateway_usage");
        Await.until(() -> second.usage.status().known() && second.usage.status().pending() == 0);
        await(begun);
        assertThat(second.charged()).isEqualTo(all(1_250));
    }
}
