package io.socksgateway.deploy.metrics;

import io.socksgateway.core.session.ByteCounts;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.wire.Command;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of a moment, counted, and what they and those before them have moved: made in one walk for each scrape, so that sessions pay nothing for it.
 *
 * <p>Immutable once it is made.
 */
final class OpenSessions {

    static final OpenSessions NONE = new OpenSessions();

    private final Map<Kind, Long> open = new HashMap<>();
    private final Map<String, long[]> octets = new HashMap<>();
    private final Set<String> serving = new HashSet<>();
    private final Map<String, Long> users = new HashMap<>();
    private final Map<String, Long> quotas = new HashMap<>();
    private long opening;

    private record Kind(String listener, Command command) {}

    /** The number of open sessions of a user. */
    record OfUser(String user, long sessions) {}

    private OpenSessions() {}

    /**
     * Counts them.
     *
     * @param ended what the sessions that have ended have moved; summed up before, as a session that ends in between must
     *     not count twice
     */
    static OpenSessions of(LiveSessions live, Map<String, SessionMeters.Octets> ended) {
        OpenSessions counts = new OpenSessions();
        ended.forEach((listener, sums) -> counts.octets.put(listener, new long[] {sums.up(), sums.down()}));
        live.all().forEach(counts::add);
        return counts;
    }

    /** All listeners that have had a session, or are expected to. */
    Set<String> listeners() {
        return octets.keySet();
    }

    /** Whether a listener has open sessions, those included whose target is not reached yet. */
    boolean has(String listener) {
        return serving.contains(listener);
    }

    private void add(LiveSession session) {
        String listener = session.info().listener();
        serving.add(listener);
        if (session.state() == LiveSession.State.OPENING) {
            opening++;
        } else {
            open.merge(new Kind(listener, session.info().command()), 1L, Long::sum);
        }
        ByteCounts bytes = session.bytes();
        long[] sums = octets.computeIfAbsent(listener, name -> new long[2]);
        sums[0] += bytes.up();
        sums[1] += bytes.down();
        session.info().quotas().forEach(quota -> quotas.merge(quota, 1L, Long::sum));
        @Nullable String user = session.info().identity().user();
        if (user != null) {
            users.merge(user, 1L, Long::sum);
        }
    }

    long open(String listener, Command command) {
        return open.getOrDefault(new Kind(listener, command), 0L);
    }

    /** How many sessions a quota counts here. */
    long countedBy(String quota) {
        return quotas.getOrDefault(quota, 0L);
    }

    long opening() {
        return opening;
    }

    /** Octets to targets since the start. */
    long up(String listener) {
        long[] sums = octets.get(listener);
        return sums == null ? 0 : sums[0];
    }

    /** Octets to clients since the start. */
    long down(String listener) {
        long[] sums = octets.get(listener);
        return sums == null ? 0 : sums[1];
    }

    /** Those who have most. */
    List<OfUser> topUsers(int most) {
        return users.entrySet().stream()
                .map(entry -> new OfUser(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(OfUser::sessions).reversed().thenComparing(OfUser::user))
                .limit(most)
                .toList();
    }
}
