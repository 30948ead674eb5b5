package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.store.SteadyClock;
import io.socksgateway.testkit.Asks;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does about traffic of periods that are over, without being asked. */
class PastPeriodsIT {

    private static final String PAST = "volume/client.hour.total.UTC/192.0.2.1";
    private static final String NOW = "volume/client.hour.total.UTC/192.0.2.2";

    private final Vertx vertx = Vertx.vertx();
    private final ClusterConfig config = LoopbackMembers.nodes(1, 1).get(0);
    private final HazelcastInstance member = Hazelcast.newHazelcastInstance(HazelcastSettings.of(config));

    @AfterEach
    void stop() {
        member.getLifecycleService().terminate();
        Await.result(vertx.close());
    }

    @Test
    void itIsForgottenOnceTheClockIsTrusted() {
        ShareMap map = new ShareMap(member, member.getCluster()::getClusterTime);
        OctetMaps octets = new OctetMaps(member, map::now);
        long hour = Period.HOUR.startOf(System.currentTimeMillis(), ZoneOffset.UTC);
        reserve(octets, NOW, hour);
        reserve(octets, PAST, hour - Duration.ofHours(24).toMillis());
        AtomicLong elapsed = new AtomicLong();
        SteadyClock steady =
                new SteadyClock(() -> Duration.ofNanos(elapsed.get()).toMillis(), elapsed::get);
        elapsed.set(Duration.ofHours(2).toNanos());

        Sight sight = new Sight(1, 1, config.onPartition());
        HazelcastQuotaStore store = HazelcastQuotaStore.open(vertx, member, sight, map, steady);
        Await.until(() -> octets.usage(PAST) == null);
        assertThat(octets.usage(NOW)).isNotNull();
        Await.result(store.close());
    }

    private static void reserve(OctetMaps octets, String counter, long period) {
        Supply budget = new Supply.Budget(period, 1_000);
        assertThat(Await.result(Future.fromCompletionStage(
                                octets.reserve(counter, Asks.of(UUID.randomUUID(), 1, true, 0, 10), budget)))
                        .held())
                .isEqualTo(10);
    }
}
