package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastSuccessesTest {

    private static final Identity ALICE = new Identity("alice", Set.of("staff"));

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50);
    private final LastSuccesses successes = new LastSuccesses(100, now::get);

    private ByteBuffer proof(String user, String password) {
        return successes.proofOf(UserPassword.of(user, password));
    }

    @Test
    void knowsTheSamePasswordForItsLifetimeAndNotLonger() {
        successes.add("alice", proof("alice", "one"), ALICE);

        now.addAndGet(99);
        assertThat(successes.find("alice", proof("alice", "one"))).isEqualTo(ALICE);
        now.addAndGet(1);
        assertThat(successes.find("alice", proof("alice", "one"))).isNull();
        assertThat(successes.size()).isZero();
    }

    @Test
    void livesOnFromTheLastSuccess() {
        successes.add("alice", proof("alice", "one"), ALICE);
        now.addAndGet(60);
        successes.add("alice", proof("alice", "one"), ALICE);
        now.addAndGet(60);

        assertThat(successes.find("alice", proof("alice", "one"))).isEqualTo(ALICE);
    }

    @Test
    void doesNotKnowAnotherPasswordNorAnotherUser() {
        successes.add("alice", proof("alice", "one"), ALICE);

        assertThat(successes.find("alice", proof("alice", "two"))).isNull();
        assertThat(successes.find("bob", proof("bob", "one"))).isNull();
        assertThat(successes.find("alice", proof("al", "iceone"))).isNull();
    }

    @Test
    void forgetsAPasswordThatIsRightNoMore() {
        successes.add("alice", proof("alice", "one"), ALICE);

        successes.remove("alice", proof("alice", "two")); // somebody is guessing
        assertThat(successes.find("alice", proof("alice", "one"))).isEqualTo(ALICE);
        successes.remove("alice", proof("alice", "one"));
        assertThat(successes.find("alice", proof("alice", "one"))).isNull();
    }

    @Test
    void forgetsWhoeverIsRevoked() {
        successes.add("alice", proof("alice", "one"), ALICE);
        successes.add("alice@example.com", proof("alice@example.com", "one"), ALICE);
        successes.add("bob", proof("bob", "one"), new Identity("bob", Set.of()));
        successes.forget("alice"::equals);

        assertThat(successes.find("alice", proof("alice", "one"))).isNull();
        assertThat(successes.find("alice@example.com", proof("alice@example.com", "one")))
                .isNull();
        assertThat(successes.find("bob", proof("bob", "one"))).isNotNull();
    }

    @Test
    void makesRoomForNewUsers() {
        for (int i = 0; i <= LastSuccesses.MAX_USERS; i++) {
            successes.add("u" + i, proof("u" + i, "p"), ALICE);
        }

        assertThat(successes.size()).isEqualTo(LastSuccesses.MAX_USERS);
        assertThat(successes.find("u0", proof("u0", "p"))).isNull();
        assertThat(successes.find("u1", proof("u1", "p"))).isNotNull();
    }
}
