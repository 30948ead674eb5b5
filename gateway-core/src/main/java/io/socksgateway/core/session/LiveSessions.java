package io.socksgateway.core.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The sessions of this node that have been handed over to a relay and have not ended: one entry added and one removed for each,
 * nothing for what they move.
 *
 * <p>Thread-safe.
 */
public final class LiveSessions {

    /** Nanoseconds from accept to hand-over, at the most. */
    private static final long MEMORY = TimeUnit.MINUTES.toNanos(2);

    private final Map<String, LiveSession> byId = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final SessionEvents events;
    private volatile List<Recent> recent = List.of();

    /** Nobody counts them. */
    public LiveSessions() {
        this(SessionEvents.NONE);
    }

    /**
     * @param events hears of those whose client was told of success
     */
    public LiveSessions(SessionEvents events) {
        this(System::nanoTime, events);
    }

    LiveSessions(LongSupplier nanoTime) {
        this(nanoTime, SessionEvents.NONE);
    }

    private LiveSessions(LongSupplier nanoTime, SessionEvents events) {
        this.nanoTime = nanoTime;
        this.events = events;
    }

    private record Recent(Revocation revocation, long since) {

        boolean concerns(LiveSession session) {
            return session.info().startNanos() - since < 0
                    && revocation.concerns(session.info().identity());
        }
    }

    /**
     * Adds a session; to be called once, by the one who has it. If its user was revoked since it was accepted, it is told to
     * end.
     */
    public void opened(LiveSession session) {
        byId.put(session.info().id(), session);
        for (Recent revoked : recent) {
            if (revoked.concerns(session)) {
                session.end(EndReason.REVOKED);
            }
        }
    }

    /** The client of a session was told of success; to be called once. */
    public void established(LiveSession session) {
        events.opened(session.info().listener(), session.info().command());
    }

    /** Removes a session; to be called at its end. */
    public void ended(LiveSession session) {
        byId.remove(session.info().id(), session);
    }

    /** The session of that id, if it is open on this node. */
    public Optional<LiveSession> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, in no order: a view, in which sessions come and go while it is walked through. */
    public Collection<LiveSession> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public int size() {
        return byId.size();
    }

    /** Tells the sessions that are meant to end. */
    public List<LiveSession> end(Predicate<LiveSession> which, EndReason reason) {
        List<LiveSession> ended = byId.values().stream().filter(which).toList();
        ended.forEach(session -> session.end(reason));
        return ended;
    }

    /** Tells the sessions of users who may not be here any more to end, those included that are on their way here. */
    public List<LiveSession> revoke(Revocation revocation) {
        remember(new Recent(revocation, nanoTime.getAsLong()));
        return end(session -> revocation.concerns(session.info().identity()), EndReason.REVOKED);
    }

    private synchronized void remember(Recent revoked) {
        List<Recent> kept = new ArrayList<>(recent);
        kept.removeIf(each -> revoked.since() - each.since() > MEMORY);
        kept.add(revoked);
        recent = List.copyOf(kept);
    }
}
