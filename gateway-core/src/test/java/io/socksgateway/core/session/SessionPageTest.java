package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.KnownSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionPageTest {

    private static SessionPage page(List<LiveSession> all, @Nullable String after, int size) {
        return SessionPage.of(all, "n", SessionFilter.ALL, after, size);
    }

    private static List<LiveSession> sessions(SessionIds ids, int count) {
        return Stream.generate(ids::next)
                .limit(count)
                .map(id -> (LiveSession) KnownSession.of(id, "alice"))
                .toList();
    }

    private static List<String> ids(SessionPage page) {
        return page.sessions().stream().map(SessionView::id).toList();
    }

    @Test
    void isInTheOrderInWhichTheSessionsBegan() {
        List<LiveSession> all = new ArrayList<>(sessions(new SessionIds(7), 100));
        List<String> begun = all.stream().map(each -> each.info().id()).toList();
        Collections.shuffle(all, new Random(1));
        assertThat(ids(page(all, null, 1_000))).isEqualTo(begun);
    }

    /** Over two nodes, while sessions end and begin between one page and the next. */
    @Test
    void pagesHoldEachThatStaysExactlyOnce() {
        List<LiveSession> one = new ArrayList<>(sessions(new SessionIds(7), 50));
        List<LiveSession> two = new ArrayList<>(sessions(new SessionIds(3), 40));
        LiveSession leaver = one.get(0);
        List<String> seen = new ArrayList<>();
        String after = null;
        while (true) {
            SessionPage page = SessionPage.merge(List.of(page(one, after, 7), page(two, after, 7)), 7);
            assertThat(page.total()).isEqualTo(one.size() + two.size());
            if (page.sessions().isEmpty()) {
                break;
            }
            assertThat(page.sessions()).hasSizeLessThanOrEqualTo(7);
            seen.addAll(ids(page));
            after = seen.get(seen.size() - 1);
            one.remove(leaver);
        }
        one.add(leaver);
        assertThat(seen).doesNotHaveDuplicates();
        Stream.concat(one.stream(), two.stream()).filter(each -> each != leaver).forEach(each -> assertThat(seen)
                .contains(each.info().id()));
    }

    @Test
    void countsAllThatAreMeantAndShowsThose() {
        List<LiveSession> all =
                List.of(KnownSession.of("a-1", "alice"), KnownSession.of("a-2", "bob"), KnownSession.of("a-3", "bob"));
        SessionPage page = SessionPage.of(all, "n", SessionFilter.user("bob"), null, 1);
        assertThat(page.total()).isEqualTo(2);
        assertThat(ids(page)).containsExactly("a-2");
    }

    @Test
    void showsWhatTheAccessLineWillSay() {
        KnownSession session = KnownSession.of("a-1", "alice");
        session.bytes().addUp(3);
        session.bytes().addDown(4);
        SessionView view = SessionView.of(session, "edge-1", session.info().startNanos() + 5_000_000);
        assertThat(view)
                .isEqualTo(new SessionView(
                        "a-1",
                        "edge-1",
                        "public",
                        "192.0.2.1:40000",
                        "alice",
                        null,
                        "connect",
                        "203.0.113.1:443",
                        "203.0.113.1:443",
                        "all",
                        List.of(),
                        LiveSession.State.OPEN,
                        3,
                        4,
                        5));
    }
}
