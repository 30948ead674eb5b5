package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.testkit.KnownSession;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RechecksTest {

    private final LiveSessions live = new LiveSessions();
    private final Map<Identity, Promise<Standing>> asked = new LinkedHashMap<>();
    private final List<Identity> gone = new ArrayList<>();
    private final List<Identity> changed = new ArrayList<>();
    private final Rechecks rechecks = new Rechecks(
            live,
            identity -> {
                Promise<Standing> answer = Promise.promise();
                assertThat(asked.put(identity, answer)).isNull();
                return answer.future();
            },
            gone::add,
            changed::add);

    private Identity open(String id, String user, String source) {
        Identity identity = new Identity(user, Set.of()).from(source);
        live.opened(KnownSession.of(id, identity, "192.0.2.1"));
        return identity;
    }

    private void answer(Identity identity, Standing standing) {
        Objects.requireNonNull(asked.get(identity)).complete(standing);
    }

    @Test
    void asksOnceForEachUserOfEachSource() {
        Identity ofA = open("1", "alice", "a");
        assertThat(open("2", "alice", "a")).isEqualTo(ofA);
        Identity ofB = open("3", "alice", "b");
        live.opened(KnownSession.of("4", null));
        live.opened(KnownSession.of("5", "nobody vouches"));
        assertThat(rechecks.start().isComplete()).isFalse();
        assertThat(asked).containsOnlyKeys(ofA, ofB);
    }

    @Test
    void onlyAnExplicitNoEndsSessions() {
        Identity good = open("1", "good", "a");
        Identity goes = open("2", "gone", "a");
        Identity changes = open("5", "changed", "a");
        Identity untold = open("3", "untold", "a");
        Identity failed = open("4", "failed", "a");
        Future<Void> round = rechecks.start();
        answer(good, Standing.GOOD);
        answer(goes, Standing.GONE);
        answer(untold, Standing.UNTOLD);
        Objects.requireNonNull(asked.get(failed)).fail("directory down");
        answer(changes, Standing.CHANGED);
        assertThat(round.succeeded()).isTrue();
        assertThat(gone).containsExactly(goes);
        assertThat(changed).containsExactly(changes);
    }

    /** One of the names may have been taken away. */
    @Test
    void asksForEachNameThatAUserHasLoggedInWith() {
        Identity byName = open("1", "alice", "a");
        Identity byMail = byName.loggedInAs("alice@example.com");
        live.opened(KnownSession.of("2", byMail, "192.0.2.1"));
        assertThat(rechecks.start().isComplete()).isFalse();
        assertThat(asked).containsOnlyKeys(byName, byMail);
    }

    @Test
    void asksAFewAtATime() {
        List<Identity> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(open("" + i, "user" + i, "a"));
        }
        Future<Void> round = rechecks.start();
        for (int answered = 0; answered < 20; answered++) {
            assertThat(asked).hasSize(Math.min(20, answered + Rechecks.AT_A_TIME));
            answer(List.copyOf(asked.keySet()).get(answered), Standing.GOOD);
        }
        assertThat(round.succeeded()).isTrue();
        assertThat(asked).containsOnlyKeys(all.toArray(new Identity[0]));
    }

    @Test
    void aRoundThatTakesLongIsNotBegunTwice() {
        Identity alice = open("1", "alice", "a");
        Future<Void> round = rechecks.start();
        assertThat(rechecks.start()).isSameAs(round);
        answer(alice, Standing.GOOD);
        asked.clear();
        assertThat(rechecks.start()).isNotSameAs(round);
        assertThat(asked).containsOnlyKeys(alice);
    }
}
