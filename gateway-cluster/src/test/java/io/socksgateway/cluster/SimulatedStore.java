package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import io.socksgateway.cluster.SimulatedNetwork.Request;
import io.socksgateway.cluster.SimulatedNetwork.Topic;
import io.socksgateway.cluster.growth.VirtualTime;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionCounter;
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
final class SimulatedStore implements QuotaStore, CounterDesks.Counters {

    private static final long RENEWAL = TimeUnit.MILLISECONDS.toMicros(HazelcastQuotaStore.RENEWAL);

    private final SimulatedNode node;
    private final SimulatedNetwork network;
    private final VirtualTime time;
    private final Sight sight;
    private final CounterDesks desks;
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
        this.desks = new CounterDesks(
                this,
                new CounterDesks.Surroundings(
                        () -> TimeUnit.MICROSECONDS.toMillis(time.micros()),
                        this::obstacle,
                        (millis, task) -> node.after(TimeUnit.MILLISECONDS.toMicros(millis), task),
                        (what, failure) -> {}));
        node.every(firstRenewal % RENEWAL, RENEWAL, this::renew);
    }

    private long nanos() {
        return TimeUnit.MICROSECONDS.toNanos(time.micros());
    }

    @Override
    public Future<Boolean> acquire(String counter, SessionLimit limit) {
        Promise<Boolean> answer = Promise.promise();
        desks.ask(counter, sight.limit(limit, node.part().members().size()), answer);
        return answer.future();
    }

    @Override
    public void release(String counter) {
        desks.giveBack(counter);
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
            EntryProcessor<String, RateShares, Answer> execute = entry -> reserve.process(entry, reserve.now());
            request(Topic.BANDWIDTH, counter, 0, part -> part.rates(counter, execute), answer::complete, answer::fail);
        } else {
            ReserveTraffic reserve = new ReserveTraffic(ask, (Supply.Budget) sight.supply(supply, members));
            Consumer<Answer> answered = reserved -> {
                String late = ask.wanted() > 0 ? obstacle() : null;
                if (late == null) {
                    answer.complete(reserved);
                } else {
                    answer.fail(late);
                }
            };
            request(Topic.TRAFFIC, counter, 1, part -> part.traffic(counter, reserve), answered, answer::fail);
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

    private @Nullable String obstacle() {
        return pulse.steady(nanos())
                ? sight.obstacle(node.part().members().size()).orElse(null)
                : "this node stood still";
    }

    @Override
    public void adjust(
            String counter, CounterDesk.Round round, BiConsumer<@Nullable Standing, @Nullable Throwable> answer) {
        long now = time.millis();
        operations++;
        AdjustShare adjust =
                new AdjustShare(node.member(), round.held(), round.wanted(), round.limit(), now, now + ShareMap.LEASE);
        request(
                Topic.SESSIONS,
                counter,
                1,
                part -> part.sessions(counter, adjust),
                standing -> answer.accept(standing, null),
                failure -> answer.accept(null, new IllegalStateException(failure)));
    }

    @Override
    public void settle(
            Map<String, Integer> held, BiConsumer<@Nullable Map<String, Standing>, @Nullable Throwable> answer) {
        operations++;
        SettleShares settle = new SettleShares(node.member(), held, time.millis() + ShareMap.LEASE);
        atOwners(Topic.SESSIONS, settle, List.copyOf(held.keySet()), found -> answer.accept(found, null));
    }

    @Override
    public @Nullable UUID keeper(String counter) {
        return node.part().owner(counter).member();
    }

    private <R> void request(
            Topic topic,
            String counter,
            int copies,
            Function<SimulatedPart, R> work,
            Consumer<R> answer,
            Consumer<String> failed) {
        SimulatedPart part = node.part();
        SimulatedNode owner = part.owner(counter);
        Runnable again = () -> request(topic, counter, copies, work, answer, failed);
        network.send(new Request<>(
                topic,
                node,
                owner,
                part.backup(counter),
                copies,
                () -> owner.part() == part && part.owner(counter) == owner,
                () -> work.apply(part),
                answer,
                again,
                sight.isCautious() ? () -> retry(again, failed) : null));
    }

    /** As {@link SureAnswers} does. */
    private void retry(Runnable again, Consumer<String> failed) {
        String obstacle = obstacle();
        if (obstacle == null) {
            again.run();
        } else {
            failed.accept(obstacle);
        }
    }

    private void renew() {
        pulse.beat(nanos());
        desks.retry();
        Map<String, Integer> rounds = desks.renewable();
        if (!rounds.isEmpty()) {
            long askedAt = desks.now();
            RenewLease renew = new RenewLease(node.member(), time.millis() + ShareMap.LEASE);
            atOwners(Topic.LEASES, renew, List.copyOf(rounds.keySet()), found -> desks.compare(found, rounds, askedAt));
        }
        if (renewals++ % HazelcastQuotaStore.SWEEP == 0
                || !departures.recent(nanos()).isEmpty()) {
            sweep();
        }
    }

    /** One message to each owner. */
    private void atOwners(
            Topic topic,
            EntryProcessor<String, SessionCounter, Standing> processor,
            List<String> counters,
            Consumer<Map<String, Standing>> then) {
        SimulatedPart part = node.part();
        Map<SimulatedNode, List<String>> byOwner = new LinkedHashMap<>();
        counters.forEach(counter -> byOwner.computeIfAbsent(part.owner(counter), owner -> new ArrayList<>())
                .add(counter));
        Map<String, Standing> found = new HashMap<>();
        byOwner.forEach((owner, theirs) -> {
            int partitions = (int) theirs.stream()
                    .mapToInt(SimulatedPart::partition)
                    .distinct()
                    .count();
            network.send(new Request<>(
                    topic,
                    node,
                    owner,
                    part.backup(theirs.get(0)),
                    partitions,
                    () -> owner.part() == part && theirs.stream().allMatch(counter -> part.owner(counter) == owner),
                    () -> {
                        Map<String, Standing> held = new HashMap<>();
                        theirs.forEach(counter -> held.put(counter, part.sessions(counter, processor)));
                        return held;
                    },
                    held -> {
                        found.putAll(held);
                        if (found.size() == counters.size()) {
                            then.accept(found);
                        }
                    },
                    () -> atOwners(topic, processor, theirs, held -> {
                        found.putAll(held);
                        if (found.size() == counters.size()) {
                            then.accept(found);
                        }
                    }),
                    null));
        });
    }

    void memberLeft(UUID member) {
        departures.left(member, nanos());
        sweep();
    }

    void merged() {
        desks.doubt();
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
                    () -> {},
                    null));
        }
    }

    /** Tells of the counters whose entry is being changed, or will be in a moment. */
    void forEachBusy(Consumer<String> told) {
        desks.changing().forEach(told);
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
