package io.socksgateway.core.bus;

import io.socksgateway.core.bus.ClusterBus.Gathered;
import io.socksgateway.core.session.Revocation;
import io.socksgateway.core.session.SessionFilter;
import io.socksgateway.core.session.SessionPage;
import io.socksgateway.core.session.SessionView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists and ends the open sessions of all nodes. Each node answers for itself, so one that has died has no sessions; one that
 * is in the cluster and does not answer in time is named.
 *
 * <p>Thread-safe.
 */
public final class SessionsClient {

    private static final String ENDED = "ended";

    /** The most sessions on a page. */
    public static final int MAX_PAGE = 1_000;

    private final ClusterBus bus;
    private final long timeout;

    /**
     * @param timeout milliseconds until a node is silent
     */
    public SessionsClient(ClusterBus bus, long timeout) {
        this.bus = bus;
        this.timeout = timeout;
    }

    /**
     * A page of the sessions of all nodes.
     *
     * @param total how many are meant on all pages and on all nodes that have answered
     * @param next what to ask for as {@code after} next, or null if this was the last page
     * @param silent names of the nodes that have not answered, whose sessions are missing
     */
    public record Listing(
            List<SessionView> sessions,
            long total,
            @Nullable String next,
            List<String> silent) {
        public Listing {
            sessions = List.copyOf(sessions);
            silent = List.copyOf(silent);
        }
    }

    /**
     * How it went.
     *
     * @param sessions how many were ended
     * @param silent names of the nodes that have not answered, whose sessions may still be open
     */
    public record Ended(int sessions, List<String> silent) {
        public Ended {
            silent = List.copyOf(silent);
        }
    }

    /**
     * Lists sessions. Never fails.
     *
     * @param after {@code next} of the page before, or null for the first page
     * @param size the most sessions on the page, 1 to {@link #MAX_PAGE}
     */
    public Future<Listing> list(SessionFilter filter, @Nullable String after, int size) {
        if (size < 1 || size > MAX_PAGE) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1.." + MAX_PAGE + ")");
        }
        // one more than wanted tells whether there is another page
        JsonObject question = new ListSessions(filter, after, size + 1).encode();
        return bus.askAll(BusAddresses.LIST_SESSIONS, question, timeout, SessionPageCodec::decode)
                .map(pages -> listing(pages, size));
    }

    private static Listing listing(Gathered<SessionPage> pages, int size) {
        SessionPage page = SessionPage.merge(pages.answers(), size + 1);
        boolean last = page.sessions().size() <= size;
        List<SessionView> shown = last ? page.sessions() : page.sessions().subList(0, size);
        String next = last ? null : shown.get(size - 1).id();
        return new Listing(shown, page.total(), next, pages.silent());
    }

    /**
     * Ends sessions, with {@code killed} in their access lines. Never fails; when it succeeds they are gone, but for those of
     * silent nodes.
     *
     * @param filter must be {@link SessionFilter#isPersonal personal}
     */
    public Future<Ended> kill(SessionFilter filter) {
        if (!filter.isPersonal()) {
            throw new IllegalArgumentException("filter: " + filter + " (expected: an id, user or client)");
        }
        return end(BusAddresses.KILL_SESSIONS, SessionFilterCodec.encode(filter));
    }

    /**
     * Ends the sessions of users who may not be here any more, with {@code revoked} in their access lines, also those that
     * are just being opened, and lets the authenticators of all nodes forget what they remember of them. Never fails.
     */
    public Future<Ended> revoke(Revocation revocation) {
        return end(BusAddresses.REVOKE, RevocationCodec.encode(revocation));
    }

    private Future<Ended> end(String address, JsonObject which) {
        return bus.askAll(address, which, timeout, answer -> answer.getInteger(ENDED))
                .map(ended -> new Ended(
                        ended.answers().stream().mapToInt(Integer::intValue).sum(), ended.silent()));
    }

    /**
     * Answers for the sessions of this node.
     *
     * @param list makes a page
     * @param kill ends sessions, and counts them
     * @param revoke the same
     */
    public static Future<?> answer(
            ClusterBus bus,
            Function<ListSessions, Future<SessionPage>> list,
            Function<SessionFilter, Future<Integer>> kill,
            Function<Revocation, Future<Integer>> revoke) {
        return Future.all(
                bus.answer(BusAddresses.LIST_SESSIONS, json -> list.apply(ListSessions.decode(json))
                                .map(SessionPageCodec::encode))
                        .completion(),
                bus.answer(BusAddresses.KILL_SESSIONS, json -> kill.apply(SessionFilterCodec.decode(json))
                                .map(count -> new JsonObject().put(ENDED, count)))
                        .completion(),
                bus.answer(BusAddresses.REVOKE, json -> revoke.apply(RevocationCodec.decode(json))
                                .map(count -> new JsonObject().put(ENDED, count)))
                        .completion());
    }
}
