package io.socksgateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SuccessCacheTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final SuccessCache cache = new SuccessCache(10, now::get);
    private final PasswordHash hash = PasswordHash.parse(Vectors.APR1);

    @Test
    void forgetsAfterItsLifetime() {
        cache.add(key("alice", "p"), "alice");

        now.addAndGet(9);
        assertThat(cache.contains(key("alice", "p"))).isTrue();
        now.addAndGet(1);
        assertThat(cache.contains(key("alice", "p"))).isFalse();
    }

    @Test
    void tellsUsersPasswordsAndHashesApart() {
        cache.add(key("alice", "p"), "alice");

        assertThat(cache.contains(key("alic", "ep"))).isFalse();
        assertThat(cache.contains(key("bob", "p"))).isFalse();
        assertThat(cache.contains(key("alice", "P"))).isFalse();
        PasswordHash changed = PasswordHash.parse(Vectors.APR1.replace("aM", "aN"));
        assertThat(cache.contains(cache.key("alice", changed, "p".getBytes(UTF_8))))
                .isFalse();
        PasswordHash readAgain = PasswordHash.parse(Vectors.APR1);
        assertThat(cache.contains(cache.key("alice", readAgain, "p".getBytes(UTF_8))))
                .isTrue();
    }

    @Test
    void hasARandomKey() {
        SuccessCache other = new SuccessCache(10, now::get);

        assertThat(other.key("alice", hash, "p".getBytes(UTF_8))).isNotEqualTo(key("alice", "p"));
    }

    @Test
    void dropsTheOldestWhenItIsFull() {
        for (int i = 0; i <= SuccessCache.MAX_ENTRIES; i++) {
            cache.add(key("user" + i, "p"), "user" + i);
        }

        assertThat(cache.size()).isEqualTo(SuccessCache.MAX_ENTRIES);
        assertThat(cache.contains(key("user0", "p"))).isFalse();
        assertThat(cache.contains(key("user1", "p"))).isTrue();
    }

    @Test
    void dropsWhatIsTooOld() {
        cache.add(key("alice", "p"), "alice");
        now.addAndGet(10);
        cache.add(key("bob", "p"), "bob");

        assertThat(cache.size()).isEqualTo(1);
    }

    private ByteBuffer key(String user, String password) {
        return cache.key(user, hash, password.getBytes(UTF_8));
    }
}
