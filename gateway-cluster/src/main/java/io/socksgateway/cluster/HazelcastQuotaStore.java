package io.socksgateway.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.store.QuotaStore;
import io.socksgateway.core.store.SteadyClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts over all nodes of a cluster, each counter decided at the member that owns its entry.
 *
 * <p>See {@link CounterDesk} for why that keeps the limit and heals what fails, {@link CounterDesks} for what it costs, and
 * {@link Upkeep} for what becomes of nodes that die.
 *
 * <p>A node that dies loses its share as soon as the others have noticed, else with its lease. A node that only stood still
 * may find its share given to others when it goes on. The sessions it still has are open, so they are recorded again, even
 * if that makes more than the limit; nothing new is granted until enough of them have ended.
 *
 * <p>Thread-safe; answers on the context of the caller, or on the store's event loop if there is none.
 */
public final class HazelcastQuotaStore implements QuotaStore {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastQuotaStore.class);

    /** Milliseconds between two renewals. */
    static final long RENEWAL = 3_000;

    /** As long as it takes two renewals: no member is dropped from the cluster for standing still less than that. */
    static final long STANDSTILL = 2 * RENEWAL;

    /** Milliseconds between two looks at whether this node is steady. */
    private static final long LOOK = 100;

    /** Milliseconds to give everything back at the end. What does not get through is dropped when the member leaves. */
    private static final long CLOSING = 3_000;

    /** So often all entries are swept though nobody has left, in renewals. */
    static final int SWEEP = 20;

    /** So often it is looked for traffic of periods that are over, in renewals: every ten minutes. */
    static final int FORGET = 200;

    private final Vertx vertx;
    private final ShareMap map;
    private final OctetMaps octets;
    private final Sight sight;
    private final EventLoop loop;
    private final SureAnswers sure;
    private final CounterDesks desks;
    private final Upkeep upkeep;
    private final Aside aside;
    private final OperationCount count = new OperationCount();
    private final Pulse pulse = new Pulse(TimeUnit.MILLISECONDS.toNanos(STANDSTILL), System.nanoTime());
    private final SparseLog log = new SparseLog(LOG, System::nanoTime);
    private final Promise<Void> closed = Promise.promise();
    private final MemberWatch watch;
    private final long renewal;
    private boolean closing;

    private HazelcastQuotaStore(
            Vertx vertx,
            HazelcastInstance hazelcast,
            ShareMap map,
            Sight sight,
            Predicate<String> copied,
            SteadyClock steady) {
        this.vertx = vertx;
        this.map = map;
        this.octets = new OctetMaps(hazelcast, map::now);
        this.sight = sight;
        this.loop = EventLoop.next(vertx);
        this.sure = new SureAnswers(loop, copied);
        this.aside = new Aside(loop);
        this.desks = new CounterDesks(
                new SharedCounters(map, sure, loop, aside, count, () -> obstacle() == null),
                new CounterDesks.Surroundings(
                        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                        this::obstacle,
                        loop::after,
                        log::warn));
        this.upkeep = new Upkeep(map, octets, desks, aside, count, steady, log);
        this.watch = new MemberWatch(hazelcast, loop, upkeep::memberJoined, upkeep::memberLeft, upkeep::merged);
        this.renewal = loop.every(RENEWAL, this::renew);
    }

    /** The store of a running member that was started with this configuration. */
    public static HazelcastQuotaStore open(Vertx vertx, HazelcastInstance hazelcast, ClusterConfig cluster) {
        return open(vertx, hazelcast, cluster, hazelcast.getCluster()::getClusterTime);
    }

    /**
     * The same with another clock.
     *
     * @param clusterTime milliseconds since 1970
     */
    static HazelcastQuotaStore open(
            Vertx vertx, HazelcastInstance hazelcast, ClusterConfig cluster, LongSupplier clusterTime) {
        Sight sight = new Sight(cluster.minimumMembers(), cluster.nodes(), cluster.onPartition());
        ShareMap map = new ShareMap(hazelcast, clusterTime);
        if (!sight.isCautious()) {
            return open(vertx, hazelcast, sight, map);
        }
        SureAnswers.demand(hazelcast.getMap(ShareMap.NAME));
        SureAnswers.demand(hazelcast.getMap(OctetMaps.TRAFFIC));
        return open(vertx, hazelcast, sight, map, Copies.of(hazelcast));
    }

    /** One that takes each answer for sure. */
    static HazelcastQuotaStore open(Vertx vertx, HazelcastInstance hazelcast, Sight sight, ShareMap map) {
        return open(vertx, hazelcast, sight, map, counter -> true);
    }

    static HazelcastQuotaStore open(
            Vertx vertx, HazelcastInstance hazelcast, Sight sight, ShareMap map, Predicate<String> copied) {
        SteadyClock steady = new SteadyClock(map::now, System::nanoTime);
        return new HazelcastQuotaStore(vertx, hazelcast, map, sight, copied, steady);
    }

    /**
     * One with another opinion of the clock.
     *
     * @param steady of its own
     */
    static HazelcastQuotaStore open(
            Vertx vertx, HazelcastInstance hazelcast, Sight sight, ShareMap map, SteadyClock steady) {
        return new HazelcastQuotaStore(vertx, hazelcast, map, sight, counter -> true, steady);
    }

    /** Fails also if too few members are in sight, or the store is closed. */
    @Override
    public Future<Boolean> acquire(String counter, SessionLimit limit) {
        Promise<Boolean> answer = Promise.promise();
        Promise<Boolean> decided = Promise.promise();
        Context caller = Vertx.currentContext();
        decided.future().onComplete(result -> {
            if (caller == null) {
                answer.handle(result);
            } else {
                EventLoop.of(caller).execute(() -> answer.handle(result));
            }
        });
        loop.execute(() -> desks.ask(counter, sight.limit(limit, map.members()), decided));
        return answer.future();
    }

    @Override
    public void release(String counter) {
        loop.execute(() -> desks.giveBack(counter));
    }

    /** Fails also if too few members are in sight, or the store is closed. */
    @Override
    public Future<Answer> reserve(String counter, Ask ask, Supply supply) {
        Promise<Answer> answer = Promise.promise();
        loop.execute(() -> {
            int members = map.members();
            String obstacle = obstacle(ask, supply, members);
            if (obstacle != null) {
                answer.fail(obstacle);
                return;
            }
            Supply part = sight.supply(supply, members);
            count.reserved(part);
            sure.of(
                            counter,
                            supply instanceof Supply.Budget && ask.wanted() > 0,
                            () -> octets.reserve(counter, ask, part),
                            () -> obstacle(ask, supply, map.members()) == null)
                    .whenCompleteAsync(
                            (reserved, failure) -> {
                                // who waited for a dead owner is answered by the next one, which may be one of too few
                                // by then
                                String late = obstacle(ask, supply, map.members());
                                if (failure != null) {
                                    answer.fail(failure);
                                } else if (late != null) {
                                    answer.fail(late);
                                } else {
                                    answer.complete(reserved);
                                }
                            },
                            loop);
        });
        return answer.future();
    }

    @Override
    public long now() {
        return map.now();
    }

    /** What this store has cost so far. */
    public QuotaOperations operations() {
        return count.sum();
    }

    /** A start may hold the event loops up for so long that it looks like standing still. */
    @Override
    public Future<Void> steady() {
        Promise<Void> steady = Promise.promise();
        loop.execute(() -> waitUntilSteady(steady));
        return steady.future();
    }

    private void waitUntilSteady(Promise<Void> steady) {
        if (closing || pulse.steady(System.nanoTime())) {
            steady.complete();
        } else {
            loop.after(LOOK, () -> waitUntilSteady(steady));
        }
    }

    /** Waits for the cluster no longer than a few seconds. */
    @Override
    public Future<Void> close() {
        loop.execute(() -> {
            if (!closing) {
                closing = true;
                vertx.cancelTimer(renewal);
                watch.close();
                upkeep.close();
                loop.after(CLOSING, closed::tryComplete);
                desks.close(new IllegalStateException("the quota store is closed"), closed::tryComplete);
            }
        });
        return closed.future().onComplete(done -> aside.close());
    }

    private void renew() {
        pulse.beat(System.nanoTime());
        upkeep.renew();
    }

    private @Nullable String obstacle() {
        if (closing) {
            return "the quota store is closed";
        }
        if (!pulse.steady(System.nanoTime())) {
            return "this node stood still and may have been dropped from the cluster";
        }
        return sight.obstacle(map.members()).orElse(null);
    }

    /** What is given back is taken in any case, and of a bandwidth there is always a part. */
    private @Nullable String obstacle(Ask ask, Supply supply, int members) {
        if (ask.wanted() == 0) {
            return null;
        } else if (supply instanceof Supply.Rate) {
            return members == 0 ? "the node has left the cluster" : null;
        }
        return obstacle();
    }
}
