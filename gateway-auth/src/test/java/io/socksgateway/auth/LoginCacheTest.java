package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginCacheTest {

    private static final Identity ALICE = new Identity("alice", Set.of("staff"));

    private final AtomicLong clock = new AtomicLong();
    private final LoginCache cache = new LoginCache(100, 3, clock::get);

    @Test
    void tellsAllPartsOfALoginApart() throws Exception {
        InetAddress one = InetAddress.getByName("192.0.2.1");
        AuthRequest login = new AuthRequest("s", "ab", one, UserPassword.of("cd", "ef"));
        assertThat(cache.key(login))
                .isEqualTo(cache.key(new AuthRequest("other", "ab", one, UserPassword.of("cd", "ef"))))
                .isNotEqualTo(cache.key(new AuthRequest("s", "a", one, UserPassword.of("bcd", "ef"))))
                .isNotEqualTo(cache.key(new AuthRequest("s", "ab", one, UserPassword.of("c", "def"))))
                .isNotEqualTo(cache.key(new AuthRequest("s", "ab", one, UserPassword.of("cde", "f"))))
                .isNotEqualTo(cache.key(
                        new AuthRequest("s", "ab", InetAddress.getByName("192.0.2.2"), UserPassword.of("cd", "ef"))))
                .isNotEqualTo(new LoginCache(100, 3, clock::get).key(login));
    }

    @Test
    void forgetsWithTimeAndBeyondItsSize() {
        for (int i = 0; i < 4; i++) {
            clock.set(i);
            cache.add(cache.key(request("user" + i)), ALICE);
        }
        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.find(cache.key(request("user0")))).isNull();
        assertThat(cache.find(cache.key(request("user1")))).isEqualTo(ALICE);
        clock.set(101);
        assertThat(cache.find(cache.key(request("user1")))).isNull();
        assertThat(cache.find(cache.key(request("user2")))).isEqualTo(ALICE);
        cache.add(cache.key(request("user5")), ALICE);
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void doesNotOutliveWhatWasGranted() {
        cache.add(cache.key(request("alice")), new Identity("alice", Set.of(), null, null, 1, null));
        assertThat(cache.find(cache.key(request("alice")))).isNull();
    }

    @Test
    void remembersNothingWithoutALifetime() {
        LoginCache none = new LoginCache(0, 3, clock::get);
        none.add(none.key(request("alice")), ALICE);
        assertThat(none.size()).isZero();
    }

    private static AuthRequest request(String user) {
        return new AuthRequest("s", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, "x"));
    }
}
