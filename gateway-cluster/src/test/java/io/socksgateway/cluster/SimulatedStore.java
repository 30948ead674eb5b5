package io.socksgateway.cluster;

import io.socksgateway.cluster.SimulatedNetwork.Request;
import io.socksgateway.cluster.SimulatedNetwork.Topic;
import io.socksgateway.cluster.growth.VirtualTime;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.store.QuotaStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link HazelcastQuotaStore} does, over a simulated network: the desks, the processors of entries, what is granted in
 * sight of how many, leases, sweeps and the pulse are those of production; only the sending is not.
 */
final class SimulatedStore implements QuotaStore {

    private static final long RENEWAL = TimeUnit.MILLISECONDS.toMicros(HazelcastQuotaStore.RENEWAL);

    private final SimulatedNode node;
    private final SimulatedNetwork network;
    private final VirtualTime time;
    private final Sight sight;
    private final Map<String, CounterDesk> desks = new LinkedHashMap<>();
    private final Departures departures =
            new Departures(TimeUnit.MILLISECONDS.toNanos(ShareMap.LEASE + HazelcastQuotaStore.RENEWAL));
    private final Pulse pulse;
    private UUID asker = new UUID(0, 0);
    private int renewals;
    private long operations;

    SimulatedStore(SimulatedNode node, SimulatedNetwork network, VirtualTime time, Sight sight, long firstRenewal) {
        this.node = node;
        this.network = network;
        this.time = time;
        this.sight = sight;
        this.pulse = new Pulse(TimeUnit.MILLISECONDS.toNanos(HazelcastQuotaStore.STANDSTILL), nanos());
        node.every(firstRenewal % RENEWAL, RENEWAL, this::renew);
    }

    private long nanos() {
        return TimeUnit.MICROSECONDS.toNanos(time.micros());
    }

    @Override
    public Future<Boolean> acquire(String counter, SessionLimit limit) {
        Promise<Boolean> answer = Promise.promise();
        CounterDesk desk = desks.computeIfAbsent(counter, name -> new CounterDesk());
        desk.ask(sight.limit(limit, node.part().members().size()), answer);
        advance(counter, desk);
        return answer.future();
    }

    @Override
    public void release(String counter) {
        CounterDesk desk = desks.get(counter);
        if (desk != null) {
            desk.giveBack();
            advance(counter, desk);
        }
    }

    @Override
    public Future<Answer> reserve(String counter, Ask ask, Supply supply) {
        asker = ask.node();
        int members = node.part().members().size();
        String obstacle = supply instanceof Supply.Budget && ask.wanted() > 0 ? obstacle() : null;
        if (obstacle != null) {
            return Future.failedFuture(obstacle);
        }
        Promise<Answer> answer = Promise.promise();
        if (sight.supply(supply, members) instanceof Supply.Rate rate) {
            ReserveRate reserve = new ReserveRate(ask, rate.octetsPerSecond(), time.millis());
            request(Topic.BANDWIDTH, counter, 0, part -> part.rates(counter, reserve), answer::complete);
        } else {
            ReserveTraffic reserve = new ReserveTraffic(ask, (Supply.Budget) sight.supply(supply, members));
            request(Topic.TRAFFIC, counter, 1, part -> part.traffic(counter, reserve), reserved -> {
                String late = ask.wanted() > 0 ? obstacle() : null;
                if (late == null) {
                    answer.complete(reserved);
                } else {
                    answer.fail(late);
                }
            });
        }
        return answer.future();
    }

    @Override
    public long now() {
        return time.millis();
    }

    @Override
    public Future<Void> close() {
        throw new UnsupportedOperationException("simulated nodes do not end in order");
    }

    private void advance(String counter, CounterDesk desk) {
        String obstacle = obstacle();
        if (obstacle != null && desk.hasWaiting()) {
            desk.refuseWaiting(new IllegalStateException(obstacle));
        }
        desk.next().ifPresentOrElse(round -> send(counter, desk, round), () -> {
            if (desk.idle()) {
                desks.remove(counter, desk);
            }
        });
    }

    private @Nullable String obstacle() {
        return pulse.steady(nanos())
                ? sight.obstacle(node.part().members().size()).orElse(null)
                : "this node stood still";
    }

    private void send(String counter, CounterDesk desk, CounterDesk.Round round) {
        long now = time.millis();
        operations++;
        AdjustShare adjust =
                new AdjustShare(node.member(), round.held(), round.wanted(), round.limit(), now, now + ShareMap.LEASE);
        request(Topic.SESSIONS, counter, 1, part -> part.sessions(counter, adjust), granted -> {
            String obstacle = granted == 0 ? null : obstacle();
            if (obstacle == null) {
                desk.done(granted);
            } else {
                desk.withdrawn(granted, new IllegalStateException(obstacle));
            }
            advance(counter, desk);
        });
    }

    private <R> void request(
            Topic topic, String counter, int copies, Function<SimulatedPart, R> work, Consumer<R> answer) {
        SimulatedPart part = node.part();
        SimulatedNode owner = part.owner(counter);
        network.send(new Request<>(
                topic,
                node,
                owner,
                part.backup(counter),
                copies,
                () -> owner.part() == part && part.owner(counter) == owner,
                () -> work.apply(part),
                answer,
                () -> request(topic, counter, copies, work, answer)));
    }

    private void renew() {
        pulse.beat(nanos());
        forEachDesk((counter, desk) -> {
            desk.retry();
            advance(counter, desk);
        });
        Map<String, Integer> rounds = new LinkedHashMap<>();
        desks.forEach((counter, desk) -> {
            if (desk.renewable()) {
                rounds.put(counter, desk.rounds());
            }
        });
        if (!rounds.isEmpty()) {
            RenewLease renew = new RenewLease(node.member(), time.millis() + ShareMap.LEASE);
            renewAtOwners(renew, List.copyOf(rounds.keySet()), found -> compare(found, rounds));
        }
        if (renewals++ % HazelcastQuotaStore.SWEEP == 0
                || !departures.recent(nanos()).isEmpty()) {
            sweep();
        }
    }

    /** One message to each owner. */
    private void renewAtOwners(RenewLease renew, List<String> counters, Consumer<Map<String, Integer>> then) {
        SimulatedPart part = node.part();
        Map<SimulatedNode, List<String>> byOwner = new LinkedHashMap<>();
        counters.forEach(counter -> byOwner.computeIfAbsent(part.owner(counter), owner -> new ArrayList<>())
                .add(counter));
        Map<String, Integer> found = new HashMap<>();
        byOwner.forEach((owner, theirs) -> {
            int partitions = (int) theirs.stream()
                    .mapToInt(SimulatedPart::partition)
                    .distinct()
                    .count();
            network.send(new Request<>(
                    Topic.LEASES,
                    node,
                    owner,
                    part.backup(theirs.get(0)),
                    partitions,
                    () -> owner.part() == part && theirs.stream().allMatch(counter -> part.owner(counter) == owner),
                    () -> {
                        Map<String, Integer> held = new HashMap<>();
                        theirs.forEach(counter -> held.put(counter, part.sessions(counter, renew)));
                        return held;
                    },
                    held -> {
                        found.putAll(held);
                        if (found.size() == counters.size()) {
                            then.accept(found);
                        }
                    },
                    () -> renewAtOwners(renew, theirs, held -> {
                        found.putAll(held);
                        if (found.size() == counters.size()) {
                            then.accept(found);
                        }
                    })));
        });
    }

    private void compare(Map<String, Integer> found, Map<String, Integer> rounds) {
        rounds.forEach((counter, asOf) -> {
            CounterDesk desk = desks.get(counter);
            Integer held = found.get(counter);
            if (desk != null && held != null) {
                desk.found(held, asOf);
                advance(counter, desk);
            }
        });
    }

    void memberLeft(UUID member) {
        departures.left(member, nanos());
        sweep();
    }

    void merged() {
        forEachDesk((counter, desk) -> {
            desk.doubt();
            advance(counter, desk);
        });
    }

    private void sweep() {
        SimulatedPart part = node.part();
        if (part.members().get(0) != node) {
            return;
        }
        DropShares drop = new DropShares(departures.recent(nanos()), time.millis());
        for (SimulatedNode owner : part.members()) {
            network.send(new Request<>(
                    Topic.SWEEPS,
                    node,
                    owner,
                    null,
                    0,
                    () -> owner.part() == part,
                    () -> part.sweep(owner, drop),
                    swept -> {},
                    () -> {}));
        }
    }

    private void forEachDesk(BiConsumer<String, CounterDesk> handler) {
        new ArrayList<>(desks.entrySet()).forEach(desk -> handler.accept(desk.getKey(), desk.getValue()));
    }

    /** Tells of the counters whose entry is being changed. */
    void forEachBusy(Consumer<String> told) {
        desks.forEach((counter, desk) -> {
            if (desk.busy()) {
                told.accept(counter);
            }
        });
    }

    /** By which name the node reserves octets. */
    UUID asker() {
        return asker;
    }

    /** Operations on session counters so far, without renewals. */
    long operations() {
        return operations;
    }

    /** The same order in every run, wherever it is a key. */
    @Override
    public int hashCode() {
        return node.index();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
