package io.socksgateway.cluster;

import io.socksgateway.core.store.Meters;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The sessions of one node: they come as they like, ask for what production asks for, and end. */
final class SimulatedClients {

    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);
    private static final long LOOK = TimeUnit.MILLISECONDS.toMicros(Meters.PERIOD);

    private final SimulatedNode node;
    private final SimulatedStore store;
    private final SimulatedLoad load;
    private final Meters meters;
    private final SplittableRandom random;
    private final List<SimulatedSession> sessions = new ArrayList<>();
    private final List<SimulatedSession> metered = new ArrayList<>();

    SimulatedClients(SimulatedNode node, SimulatedStore store, SimulatedLoad load, SplittableRandom random) {
        this.node = node;
        this.store = store;
        this.load = load;
        this.random = random;
        this.meters = new Meters(node, (counter, failure) -> {}, store::now);
        node.every(random.nextLong(LOOK), LOOK, this::look);
        node.after(untilNext(), this::arrive);
    }

    SimulatedNode node() {
        return node;
    }

    private long untilNext() {
        return exponential(SECOND / load.plan().arrivals());
    }

    private long exponential(double mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    private void look() {
        meters.look();
        long arrived = load.plan().demand() * Meters.PERIOD / 1_000;
        for (SimulatedSession session : List.copyOf(metered)) {
            session.arrived(arrived);
        }
    }

    private void arrive() {
        if (load.isOver()) {
            return;
        }
        node.after(untilNext(), this::arrive);
        int subject = load.popularity().next(random);
        String counter = load.subjects().counter(subject);
        store.acquire(counter, load.plan().limit()).onComplete((granted, failure) -> {
            if (failure != null) {
                load.onlooker().failed();
            } else if (!granted) {
                load.onlooker().refused();
            } else {
                granted(subject, counter);
            }
        });
    }

    /** The octets come after the sessions, as in {@link SessionLedger}. */
    private void granted(int subject, String counter) {
        load.onlooker().began(subject);
        SimulatedSubjects subjects = load.subjects();
        Meters.Claim claim = load.plan().isMetered(subject) ? meters.claim() : null;
        Future<Boolean> begun = Future.succeededFuture(true);
        if (claim != null && subjects.isSlow(subject)) {
            claim.bandwidth(subjects.slow(), "b/" + counter, store);
        } else if (claim != null) {
            begun = claim.traffic(subjects.slow(), subjects.traffic(), traffic(counter), store);
        }
        SimulatedSession session = new SimulatedSession(
                this, subject, claim, octets -> load.onlooker().moved(subject, octets));
        session.place(sessions.size());
        sessions.add(session);
        begun.onComplete((left, failure) -> {
            if (failure == null && left) {
                serve(session);
            } else {
                load.onlooker().refused();
                end(session);
            }
        });
    }

    /** The counter of a subject's traffic. */
    static String traffic(String counter) {
        return "t/" + counter;
    }

    private void serve(SimulatedSession session) {
        if (session.isMetered()) {
            metered.add(session);
        }
        node.after(exponential(load.plan().duration() * SECOND), session);
    }

    /** A session that stays, and shares a bandwidth with those of other nodes. */
    void probe(LongConsumer moved) {
        Meters.Claim claim = meters.claim();
        claim.bandwidth(load.subjects().probe(), "p/user/-1", store);
        metered.add(new SimulatedSession(this, -1, claim, moved));
    }

    void cut(SimulatedSession session) {
        load.onlooker().cut();
        end(session);
    }

    void end(SimulatedSession session) {
        if (load.isOver() || !session.end()) {
            return;
        }
        SimulatedSession last = sessions.remove(sessions.size() - 1);
        if (last != session) {
            sessions.set(session.place(), last);
            last.place(session.place());
        }
        if (session.isMetered()) {
            metered.remove(session);
        }
        load.onlooker().ended(session.subject());
        store.release(load.subjects().counter(session.subject()));
    }

    /** All of them end with their node, which tells nobody. */
    void die() {
        sessions.forEach(session -> load.onlooker().ended(session.subject()));
    }

    SimulatedStore store() {
        return store;
    }
}
