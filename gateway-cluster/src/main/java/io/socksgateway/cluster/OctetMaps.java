package io.socksgateway.cluster;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Traffic and bandwidth in the cluster, as one member sees them: an entry for each counter, changed by processors only.
 *
 * <p>Thread-safe.
 */
final class OctetMaps {

    static final String TRAFFIC = "socks-gateway.traffic.v1";

    private static final String RATES = "socks-gateway.rates.v1";

    /** A bucket is full again after a quarter of a second; longer debts are rare. Seconds. */
    private static final int RATE_IDLE = 60;

    private final IMap<String, TrafficUsage> traffic;
    private final IMap<String, RateShares> rates;
    private final LongSupplier clusterTime;

    OctetMaps(HazelcastInstance hazelcast, LongSupplier clusterTime) {
        this.traffic = hazelcast.getMap(TRAFFIC);
        this.rates = hazelcast.getMap(RATES);
        this.clusterTime = clusterTime;
    }

    /** Entries are removed some time after their period, see {@link #forgetPeriods}; those of other versions are in the end. */
    static MapConfig trafficConfig() {
        return new MapConfig(TRAFFIC)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(1)
                .setStatisticsEnabled(false)
                .setMaxIdleSeconds((int) TimeUnit.MILLISECONDS.toSeconds(Period.LONGEST))
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(KnownTogether.class.getName()));
    }

    /** Without a backup: when its owner dies, a bucket begins anew, and full. That is a quarter of a second. */
    static MapConfig ratesConfig() {
        return new MapConfig(RATES)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(0)
                .setStatisticsEnabled(false)
                .setMaxIdleSeconds(RATE_IDLE)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()));
    }

    /** Does not block, nor throw. */
    CompletionStage<Answer> reserve(String counter, Ask ask, Supply supply) {
        try {
            if (supply instanceof Supply.Budget budget) {
                return traffic.submitToKey(counter, new ReserveTraffic(ask, budget));
            }
            Supply.Rate rate = (Supply.Rate) supply;
            return rates.submitToKey(counter, new ReserveRate(ask, rate.octetsPerSecond(), clusterTime.getAsLong()));
        } catch (RuntimeException e) {
            // not running any more, for instance
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Removes what was used in periods that are over. Blocks. */
    void forgetPeriods() {
        traffic.executeOnEntries(new ForgetPeriods(clusterTime.getAsLong()));
    }

    /** The traffic of a counter, or null if nothing is known. Blocks. */
    @Nullable
    TrafficUsage usage(String counter) {
        return traffic.get(counter);
    }
}
