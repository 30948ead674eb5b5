package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.KnownSession;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {

    private long now = System.nanoTime();
    private final LiveSessions live = new LiveSessions(() -> now);

    private static KnownSession vouched(String id, String user, String source) {
        return KnownSession.of(id, new Identity(user, Set.of()).from(source), "192.0.2.1");
    }

    @Test
    void knowsWhatIsOpen() {
        LiveSession a = KnownSession.of("a", "alice");
        LiveSession b = KnownSession.of("b", "bob");
        live.opened(a);
        live.opened(b);
        assertThat(live.all()).containsExactlyInAnyOrder(a, b);
        assertThat(live.find("b")).contains(b);
        live.ended(b);
        assertThat(live.size()).isOne();
        assertThat(live.find("b")).isEmpty();
    }

    @Test
    void theEndOfOneDoesNotHideAnotherOfItsName() {
        LiveSession first = KnownSession.of("a", "alice");
        LiveSession second = KnownSession.of("a", "alice");
        live.opened(first);
        live.opened(second);
        live.ended(first);
        assertThat(live.find("a")).contains(second);
    }

    @Test
    void endsThoseThatAreMeant() {
        KnownSession a = KnownSession.of("a", "alice");
        KnownSession b = KnownSession.of("b", "bob");
        live.opened(a);
        live.opened(b);
        assertThat(live.end(each -> SessionFilter.user("bob").matches(each, "n"), EndReason.KILLED))
                .containsExactly(b);
        assertThat(a.ends()).isEmpty();
        assertThat(b.ends()).containsExactly(EndReason.KILLED);
    }

    @Test
    void revokesTheUsersOfOneSourceOnly() {
        KnownSession ofA = vouched("a", "alice", "file-a");
        KnownSession ofB = vouched("b", "alice", "directory-b");
        KnownSession nobody = KnownSession.of("c", null);
        live.opened(ofA);
        live.opened(ofB);
        live.opened(nobody);
        assertThat(live.revoke(new Revocation("file-a", Set.of("alice", "carol"))))
                .containsExactly(ofA);
        assertThat(ofB.ends()).isEmpty();
        assertThat(live.revoke(new Revocation(null, Set.of("alice")))).containsExactlyInAnyOrder(ofA, ofB);
        assertThat(nobody.ends()).isEmpty();
    }

    /** It was let in before, and nobody could see it yet. */
    @Test
    void aSessionOnItsWayIsRevokedWhenItArrives() {
        KnownSession late = vouched("a", "alice", "file-a");
        KnownSession other = vouched("b", "bob", "file-a");
        now = late.info().startNanos() + 1_000;
        assertThat(live.revoke(new Revocation("file-a", Set.of("alice")))).isEmpty();
        live.opened(late);
        live.opened(other);
        assertThat(late.ends()).containsExactly(EndReason.REVOKED);
        assertThat(other.ends()).isEmpty();
    }

    @Test
    void aSessionThatBeginsAfterARevocationIsAnother() {
        now -= 1_000;
        assertThat(live.revoke(new Revocation(null, Set.of("alice")))).isEmpty();
        KnownSession later = vouched("a", "alice", "file-a");
        live.opened(later);
        assertThat(later.ends()).isEmpty();
    }

    @Test
    void oldRevocationsAreForgotten() {
        KnownSession late = vouched("a", "alice", "file-a");
        now = late.info().startNanos() + 1_000;
        assertThat(live.revoke(new Revocation(null, Set.of("alice")))).isEmpty();
        now += TimeUnit.MINUTES.toNanos(3);
        assertThat(live.revoke(new Revocation(null, Set.of("bob")))).isEmpty();
        live.opened(late);
        assertThat(late.ends()).isEmpty();
    }
}
