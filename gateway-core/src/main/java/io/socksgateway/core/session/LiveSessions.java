package io.socksgateway.core.session;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of this node that have been handed over to a relay and have not ended: one entry added and one removed for each,
 * nothing for what they move.
 *
 * <p>Thread-safe.
 */
public final class LiveSessions {

    private final Map<String, LiveSession> byId = new ConcurrentHashMap<>();

    /** Adds a session; to be called once, by the one who has it. */
    public void opened(LiveSession session) {
        byId.put(session.info().id(), session);
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
}
