package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginTally;
import org.junit.jupiter.api.Test;

class LocalFailureStoreTest {

    private static final BackoffRule RULE = new BackoffRule(2, 100, 60, 200);

    private long now = 1_000;
    private final LocalFailureStore store = new LocalFailureStore(() -> now);

    private long banned(String key) {
        return store.count(key, 1, RULE).banned();
    }

    @Test
    void countsEachKeyApart() {
        assertThat(banned("a")).isZero();
        assertThat(banned("b")).isZero();
        assertThat(store.failed("a", 1, RULE).result()).isEqualTo(new LoginTally(60, 0));
        now += 10;
        assertThat(banned("a")).as("what is left").isEqualTo(50);
    }

    @Test
    void forgivesAndForgets() {
        assertThat(banned("a")).isZero();
        assertThat(store.succeeded("a", 2, RULE).result()).isEqualTo(new LoginTally(0, 1));
        assertThat(store.succeeded("a", 1, RULE).result()).isEqualTo(new LoginTally(0, 0));
        assertThat(store.succeeded("nobody", 1, RULE).result()).isEqualTo(new LoginTally(0, 0));
        assertThat(banned("a")).isZero();
        assertThat(banned("a")).isEqualTo(60);
        store.clear("a");
        assertThat(banned("a")).isZero();
        assertThat(banned("a")).as("the first ban again").isEqualTo(60);
    }

    /** As many as an attacker likes, who has a network of IPv6. */
    @Test
    void remembersThoseWhoHaveFailedLast() {
        assertThat(banned("early")).isZero();
        assertThat(banned("busy")).isZero();
        for (int i = 0; i < LocalFailureStore.MAX_ENTRIES - 1; i++) {
            assertThat(banned("key" + i)).isZero();
            if (i == 10) {
                assertThat(store.succeeded("busy", 2, RULE).succeeded()).isTrue();
            }
        }
        assertThat(store.size()).isEqualTo(LocalFailureStore.MAX_ENTRIES);
        assertThat(banned("busy")).isEqualTo(60);
        assertThat(banned("early")).isZero();
    }
}
