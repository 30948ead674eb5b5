package io.socksgateway.cluster;

import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginFailures;
import io.socksgateway.core.quota.LoginTally;
import io.socksgateway.core.store.FailureStore;
import io.socksgateway.core.store.LocalFailureStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failed logins over all nodes of a cluster, each of who is watched at the member that owns its entry. What this node sees
 * is counted here too, and counts when the cluster does not answer in two seconds.
 *
 * <p>Thread-safe; answers on the context of the caller, or on that of the store if there is none.
 */
public final class HazelcastFailureStore implements FailureStore {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastFailureStore.class);
    private static final String NAME = "socks-gateway.failures.v1";

    /** Milliseconds: as long as the next login of who has failed may have to wait. */
    private static final long PATIENCE = 2_000;

    /** Of each member, backups included: some 40 MB when an attacker has many addresses. */
    private static final int MAX_ENTRIES = 200_000;

    private final Vertx vertx;
    private final IMap<String, LoginFailures> map;
    private final Supplier<Long> clusterTime;
    private final long patience;
    private final LocalFailureStore local = new LocalFailureStore();
    private final SparseLog log = new SparseLog(LOG, System::nanoTime);

    private HazelcastFailureStore(Vertx vertx, HazelcastInstance hazelcast, long patience) {
        this.vertx = vertx;
        this.patience = patience;
        this.map = hazelcast.getMap(NAME);
        this.clusterTime = hazelcast.getCluster()::getClusterTime;
    }

    /** The store of a running member whose configuration comes from {@link ClusterNode}. */
    public static HazelcastFailureStore open(Vertx vertx, HazelcastInstance hazelcast) {
        return open(vertx, hazelcast, PATIENCE);
    }

    /**
     * The same with more or less patience.
     *
     * @param patience milliseconds until the cluster has not answered
     */
    static HazelcastFailureStore open(Vertx vertx, HazelcastInstance hazelcast, long patience) {
        return new HazelcastFailureStore(vertx, hazelcast, patience);
    }

    /** OBJECT, as only processors read the entries. What the parts of a split cluster have counted is not added up. */
    static MapConfig config() {
        return new MapConfig(NAME)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(1)
                .setStatisticsEnabled(false)
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                        .setSize(MAX_ENTRIES));
    }

    @Override
    public Future<LoginTally> failed(String key, int user, BackoffRule rule) {
        LoginTally here = local.count(key, user, rule);
        long now = clusterTime.get();
        return submit(() -> map.submitToKey(key, new CountFailure(user, now, rule)))
                .map(everywhere -> everywhere.tally(now, rule).or(here))
                .otherwise(here);
    }

    @Override
    public Future<LoginTally> succeeded(String key, int user, BackoffRule rule) {
        Future<LoginTally> here = local.succeeded(key, user, rule);
        return submit(() -> map.submitToKey(key, new ForgiveFailures(user)))
                .compose(everywhere -> here.map(everywhere.tally(clusterTime.get(), rule)::or));
    }

    @Override
    public void clear(String key) {
        local.clear(key);
        Future<?> unused = submit(() -> map.removeAsync(key));
    }

    /** Hazelcast answers on its own threads, and throws if it has ended. */
    private <T> Future<T> submit(Supplier<CompletionStage<T>> operation) {
        Context context = vertx.getOrCreateContext();
        Promise<T> answer = Promise.promise();
        try {
            operation
                    .get()
                    .whenComplete((value, failure) -> context.runOnContext(there -> {
                        boolean unused = failure == null ? answer.tryComplete(value) : answer.tryFail(failure);
                    }));
        } catch (RuntimeException e) {
            answer.fail(e);
        }
        return answer.future().timeout(patience, TimeUnit.MILLISECONDS).onFailure(this::report);
    }

    private synchronized void report(Throwable failure) {
        log.warn("failed logins are counted on this node only", failure);
    }
}
