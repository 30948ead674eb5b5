package io.socksgateway.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.store.QuotaStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts over all nodes of a cluster, each counter decided at the member that owns its entry.
 *
 * <p>Operations on one counter go one after the other, those of different counters side by side; see {@link CounterDesk} for
 * why that keeps the limit and heals what fails. Every three seconds the leases of what the node holds are renewed, and a
 * share that the map has lost is recorded again.
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

    /** Milliseconds to give everything back at the end. What does not get through is dropped when the member leaves. */
    private static final long CLOSING = 3_000;

    /** So often all entries are swept though nobody has left, in renewals. */
    static final int SWEEP = 20;

    private final Vertx vertx;
    private final ShareMap map;
    private final OctetMaps octets;
    private final Sight sight;
    private final EventLoop loop;
    private final SureAnswers sure;
    private final Map<String, CounterDesk> desks = new HashMap<>();
    private final Departures departures = new Departures(TimeUnit.MILLISECONDS.toNanos(ShareMap.LEASE + RENEWAL));
    private final Pulse pulse = new Pulse(TimeUnit.MILLISECONDS.toNanos(STANDSTILL), System.nanoTime());
    private final SparseLog log = new SparseLog(LOG, System::nanoTime);
    private final Promise<Void> closed = Promise.promise();
    private final ExecutorService aside = Executors.newCachedThreadPool(HazelcastQuotaStore::daemon);
    private final MemberWatch watch;
    private final long renewal;
    private int renewals;
    private boolean closing;

    private HazelcastQuotaStore(Vertx vertx, HazelcastInstance hazelcast, ShareMap map, Sight sight) {
        this.vertx = vertx;
        this.map = map;
        this.octets = new OctetMaps(hazelcast, map::now);
        this.sight = sight;
        this.loop = EventLoop.next(vertx);
        this.sure = new SureAnswers(loop);
        this.watch = new MemberWatch(hazelcast, loop, departures::joined, this::memberLeft, this::merged);
        this.renewal = loop.every(RENEWAL, this::renew);
    }

    /** The store of a running member that was started with this configuration. */
    public static HazelcastQuotaStore open(Vertx vertx, HazelcastInstance hazelcast, ClusterConfig cluster) {
        Sight sight = new Sight(cluster.minimumMembers(), cluster.nodes(), cluster.onPartition());
        if (sight.isCautious()) {
            SureAnswers.demand(hazelcast.getMap(ShareMap.NAME));
            SureAnswers.demand(hazelcast.getMap(OctetMaps.TRAFFIC));
        }
        return open(vertx, hazelcast, sight, new ShareMap(hazelcast, hazelcast.getCluster()::getClusterTime));
    }

    static HazelcastQuotaStore open(Vertx vertx, HazelcastInstance hazelcast, Sight sight, ShareMap map) {
        return new HazelcastQuotaStore(vertx, hazelcast, map, sight);
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
        loop.execute(() -> {
            CounterDesk desk = desks.computeIfAbsent(counter, name -> new CounterDesk());
            desk.ask(sight.limit(limit, map.members()), decided);
            advance(counter, desk);
        });
        return answer.future();
    }

    @Override
    public void release(String counter) {
        loop.execute(() -> {
            CounterDesk desk = desks.get(counter);
            if (desk != null) {
                desk.giveBack();
                advance(counter, desk);
            }
        });
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
            sure.of(() -> octets.reserve(counter, ask, part), () -> obstacle(ask, supply, map.members()) == null)
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

    /** Waits for the cluster no longer than a few seconds. */
    @Override
    public Future<Void> close() {
        loop.execute(() -> {
            if (!closing) {
                closing = true;
                vertx.cancelTimer(renewal);
                watch.close();
                loop.after(CLOSING, closed::tryComplete);
                forEachDesk((counter, desk) -> desk.abandon(new IllegalStateException("the quota store is closed")));
                forEachDesk(this::advance);
                closeIfEmpty();
            }
        });
        return closed.future().onComplete(done -> aside.shutdown());
    }

    /** Does what there is to do for a counter; to be called after every change of its desk. */
    private void advance(String counter, CounterDesk desk) {
        String obstacle = obstacle();
        if (obstacle != null && desk.hasWaiting()) {
            desk.refuseWaiting(new IllegalStateException(obstacle));
        }
        desk.next().ifPresentOrElse(round -> send(counter, desk, round), () -> {
            // a store that closes does not try again
            if (desk.idle() || (closing && !desk.busy())) {
                desks.remove(counter, desk);
                closeIfEmpty();
            }
        });
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

    private void send(String counter, CounterDesk desk, CounterDesk.Round round) {
        // on the event loop, and so without the thread that Hazelcast would start for it
        sure.of(() -> map.adjust(counter, round), () -> obstacle() == null)
                .whenCompleteAsync(
                        (granted, failure) -> {
                            if (failure == null) {
                                granted(desk, granted);
                            } else {
                                log.warn("counter " + counter + " cannot be changed", failure);
                                desk.failed(failure);
                            }
                            advance(counter, desk);
                        },
                        loop);
    }

    /** An operation that waited for a dead owner is done by the next one, which may be one of too few by then. */
    private void granted(CounterDesk desk, int granted) {
        String obstacle = granted == 0 ? null : obstacle();
        if (obstacle == null) {
            desk.done(granted);
        } else {
            desk.withdrawn(granted, new IllegalStateException(obstacle));
        }
    }

    private void renew() {
        pulse.beat(System.nanoTime());
        forEachDesk((counter, desk) -> {
            desk.retry();
            advance(counter, desk);
        });
        Map<String, Integer> rounds = new HashMap<>();
        desks.forEach((counter, desk) -> {
            if (desk.renewable()) {
                rounds.put(counter, desk.rounds());
            }
        });
        if (!rounds.isEmpty()) {
            aside(() -> map.renew(rounds.keySet()), "leases cannot be renewed", found -> compare(found, rounds));
        }
        if (renewals++ % SWEEP == 0 || !departures.recent(System.nanoTime()).isEmpty()) {
            sweep();
        }
    }

    private void compare(Map<String, Integer> found, Map<String, Integer> rounds) {
        rounds.forEach((counter, asOf) -> {
            CounterDesk desk = desks.get(counter);
            if (desk != null) {
                Integer held = found.get(counter);
                if (held != null) {
                    desk.found(held, asOf);
                    advance(counter, desk);
                }
            }
        });
    }

    private void memberLeft(UUID member) {
        departures.left(member, System.nanoTime());
        sweep();
    }

    /** After a merge this member has another name, and the map the counts of the others only. */
    private void merged() {
        forEachDesk((counter, desk) -> {
            desk.doubt();
            advance(counter, desk);
        });
    }

    /**
     * The oldest member sweeps for all; all remember who has left, so that the next oldest goes on if it leaves too. It is
     * repeated with every renewal while a departure is fresh, as entries may have been on the move.
     */
    private void sweep() {
        if (closing || !map.oldest()) {
            return;
        }
        List<UUID> departed = departures.recent(System.nanoTime());
        aside(
                () -> {
                    map.sweep(departed);
                    return departed;
                },
                "shares of members that left cannot be dropped",
                done -> {});
    }

    /**
     * Operations on several entries wait for their owners, so they may not run on the event loop; nor on a worker of
     * Vert.x, whose answer would find no event loop any more when one of them outlives the node.
     */
    private <T> void aside(Callable<T> operation, String failed, Consumer<T> then) {
        try {
            aside.execute(() -> {
                try {
                    T result = operation.call();
                    loop.execute(() -> then.accept(result));
                } catch (Exception failure) {
                    report(failed, failure);
                }
            });
        } catch (RejectedExecutionException closed) {
            // nobody needs it any more
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "quota-store");
        thread.setDaemon(true);
        return thread;
    }

    private void report(String failed, Exception failure) {
        try {
            loop.execute(() -> {
                if (!closing) {
                    log.warn(failed, failure);
                }
            });
        } catch (RejectedExecutionException closed) {
            // the event loop has ended
        }
    }

    /** Handlers may add and remove desks. */
    private void forEachDesk(BiConsumer<String, CounterDesk> handler) {
        Map.copyOf(desks).forEach(handler);
    }

    private void closeIfEmpty() {
        if (closing && desks.isEmpty()) {
            closed.tryComplete();
        }
    }
}
