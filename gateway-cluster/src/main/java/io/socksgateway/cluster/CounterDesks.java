package io.socksgateway.cluster;

import io.socksgateway.cluster.CounterDesk.Round;
import io.socksgateway.core.quota.SessionLimit;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The desks of all counters that this node has sessions in: sends their operations, and what may wait a moment together, one
 * message to each member that keeps some of the counters.
 *
 * <p>Operations on one counter go one after the other, those of different counters side by side.
 *
 * <p>Confined to its event loop.
 */
final class CounterDesks {

    /** The counters in the cluster. Answers come on the event loop. */
    interface Counters {

        /** Does an operation on one of them. */
        void adjust(String counter, Round round, BiConsumer<@Nullable Standing, @Nullable Throwable> answer);

        /** Records what the node holds of some, that one member keeps. */
        void settle(Map<String, Integer> held, BiConsumer<@Nullable Map<String, Standing>, @Nullable Throwable> answer);

        /** The member that keeps a counter; null if there is none right now. */
        @Nullable
        UUID keeper(String counter);
    }

    /** Runs a task after some milliseconds. */
    interface Alarm {
        void after(long millis, Runnable task);
    }

    /**
     * What the desks depend on.
     *
     * @param millis a clock that is never set
     * @param obstacle why nothing may be granted now, or null
     * @param report hears what cannot be changed, and why
     */
    record Surroundings(
            LongSupplier millis,
            Supplier<@Nullable String> obstacle,
            Alarm alarm,
            BiConsumer<String, Throwable> report) {}

    private final Counters counters;
    private final Surroundings around;
    private final Map<String, CounterDesk> desks = new LinkedHashMap<>();
    private final Set<String> pending = new LinkedHashSet<>();
    private boolean alarmed;
    private @Nullable Runnable closed;

    CounterDesks(Counters counters, Surroundings around) {
        this.counters = counters;
        this.around = around;
    }

    void ask(String counter, SessionLimit limit, Promise<Boolean> answer) {
        CounterDesk desk = desks.computeIfAbsent(counter, name -> new CounterDesk());
        desk.ask(limit, answer);
        advance(counter, desk);
    }

    void giveBack(String counter) {
        CounterDesk desk = desks.get(counter);
        if (desk != null) {
            desk.giveBack(now());
            advance(counter, desk);
        }
    }

    /** What failed is tried again. */
    void retry() {
        forEach((counter, desk) -> {
            desk.retry();
            advance(counter, desk);
        });
    }

    /** What the map says is not known any more. */
    void doubt() {
        forEach((counter, desk) -> {
            desk.doubt();
            advance(counter, desk);
        });
    }

    /** The counters whose leases need to be renewed, each with what {@link #compare} wants to know. */
    Map<String, Integer> renewable() {
        Map<String, Integer> rounds = new LinkedHashMap<>();
        desks.forEach((counter, desk) -> {
            if (desk.renewable()) {
                rounds.put(counter, desk.rounds());
            }
        });
        return rounds;
    }

    /**
     * Compares with what the map says.
     *
     * @param rounds what {@link #renewable} said before the map was asked
     * @param askedAt the time of that
     */
    void compare(Map<String, Standing> found, Map<String, Integer> rounds, long askedAt) {
        rounds.forEach((counter, asOf) -> {
            CounterDesk desk = desks.get(counter);
            Standing standing = found.get(counter);
            if (desk != null && standing != null) {
                desk.found(standing, asOf, askedAt);
                advance(counter, desk);
            }
        });
    }

    /** Gives everything back, in a few messages, and tells when that is done; what fails is not tried again. */
    void close(Throwable cause, Runnable done) {
        closed = done;
        forEach((counter, desk) -> desk.abandon(cause));
        pending.addAll(desks.keySet());
        work();
        tellIfClosed();
    }

    /** Counters whose entry is being changed, or will be in a moment. */
    Set<String> changing() {
        Set<String> changing = new LinkedHashSet<>();
        desks.forEach((counter, desk) -> {
            if (desk.busy() || desk.isPending()) {
                changing.add(counter);
            }
        });
        return changing;
    }

    long now() {
        return around.millis().getAsLong();
    }

    /** Does what there is to do for a counter; to be called after every change of its desk. */
    private void advance(String counter, CounterDesk desk) {
        refuseIfObstructed(desk);
        desk.next(now()).ifPresentOrElse(round -> adjust(counter, desk, round), () -> rest(counter, desk));
    }

    private void refuseIfObstructed(CounterDesk desk) {
        if (desk.hasWaiting()) {
            String obstacle = around.obstacle().get();
            if (obstacle != null) {
                desk.refuseWaiting(new IllegalStateException(obstacle));
            }
        }
    }

    private void rest(String counter, CounterDesk desk) {
        // one that closes does not try again
        if (desk.idle() || (closed != null && !desk.busy())) {
            desks.remove(counter, desk);
            tellIfClosed();
        } else if (desk.isPending()) {
            pending.add(counter);
            if (!alarmed) {
                alarmed = true;
                around.alarm().after(CounterDesk.LATE, () -> {
                    alarmed = false;
                    work();
                });
            }
        }
    }

    /** Goes on with the desks that had to wait a moment. */
    private void work() {
        List<String> now = List.copyOf(pending);
        pending.clear();
        Map<UUID, Map<String, Round>> together = new HashMap<>();
        for (String counter : now) {
            CounterDesk desk = desks.get(counter);
            UUID keeper = desk == null || desk.hasWaiting() ? null : counters.keeper(counter);
            if (desk != null && keeper == null) {
                advance(counter, desk);
            } else if (desk != null) {
                desk.next(now())
                        .ifPresentOrElse(
                                round -> together.computeIfAbsent(keeper, member -> new LinkedHashMap<>())
                                        .put(counter, round),
                                () -> rest(counter, desk));
            }
        }
        together.values().forEach(this::settle);
    }

    private void adjust(String counter, CounterDesk desk, Round round) {
        counters.adjust(counter, round, (standing, failure) -> answered(counter, desk, round, standing, failure));
    }

    private void settle(Map<String, Round> rounds) {
        Map<String, Integer> held = new LinkedHashMap<>();
        rounds.forEach((counter, round) -> held.put(counter, round.held()));
        counters.settle(
                held,
                (standings, failure) -> rounds.forEach((counter, round) -> {
                    CounterDesk desk = desks.get(counter);
                    if (desk != null) {
                        Standing standing = standings == null ? null : standings.get(counter);
                        answered(counter, desk, round, standing, failure);
                    }
                }));
    }

    private void answered(
            String counter, CounterDesk desk, Round round, @Nullable Standing standing, @Nullable Throwable failure) {
        if (standing == null) {
            Throwable cause = failure == null ? new IllegalStateException("no answer") : failure;
            around.report().accept("counter " + counter + " cannot be changed", cause);
            desk.failed(cause);
        } else {
            done(desk, round, standing);
        }
        advance(counter, desk);
    }

    /** An operation that waited for a dead owner is done by the next one, which may be one of too few by then. */
    private void done(CounterDesk desk, Round round, Standing standing) {
        boolean isGrant = round.wanted() > 0 && standing.sessions() > 0;
        String obstacle = isGrant ? around.obstacle().get() : null;
        if (obstacle == null) {
            desk.done(standing, now());
        } else {
            desk.withdrawn(standing.sessions(), new IllegalStateException(obstacle));
        }
    }

    /** Handlers may add and remove desks. */
    private void forEach(BiConsumer<String, CounterDesk> handler) {
        new ArrayList<>(desks.entrySet()).forEach(each -> handler.accept(each.getKey(), each.getValue()));
    }

    private void tellIfClosed() {
        if (closed != null && desks.isEmpty()) {
            closed.run();
        }
    }
}
