package io.socksgateway.core.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Some of the sessions that a filter means: the first of those that come behind an id in {@link SessionIds#ORDER}. A
 * session that ends or begins meanwhile moves no other to another page.
 *
 * <p>Immutable.
 *
 * @param total how many the filter means on all pages
 */
public record SessionPage(List<SessionView> sessions, long total) {

    private static final Comparator<SessionView> ORDER = Comparator.comparing(SessionView::id, SessionIds.ORDER);

    public SessionPage {
        sessions = List.copyOf(sessions);
    }

    /**
     * A page of the sessions of one node.
     *
     * @param after the last id of the page before, or null for the first page
     * @param size the most sessions on it
     */
    public static SessionPage of(
            Collection<LiveSession> all, String node, SessionFilter filter, @Nullable String after, int size) {
        long total = 0;
        PriorityQueue<LiveSession> first = new PriorityQueue<>(
                Comparator.comparing((LiveSession each) -> each.info().id(), SessionIds.ORDER.reversed()));
        for (LiveSession session : all) {
            if (filter.matches(session, node)) {
                total++;
                if (after == null || SessionIds.ORDER.compare(session.info().id(), after) > 0) {
                    first.add(session);
                    if (first.size() > size) {
                        LiveSession unused = first.poll();
                    }
                }
            }
        }
        long now = System.nanoTime();
        return new SessionPage(
                first.stream()
                        .map(session -> SessionView.of(session, node, now))
                        .sorted(ORDER)
                        .toList(),
                total);
    }

    /** The same page of several nodes, of a page of each. */
    public static SessionPage merge(Collection<SessionPage> pages, int size) {
        List<SessionView> all = new ArrayList<>();
        pages.forEach(page -> all.addAll(page.sessions()));
        all.sort(ORDER);
        return new SessionPage(
                all.subList(0, Math.min(size, all.size())),
                pages.stream().mapToLong(SessionPage::total).sum());
    }
}
