package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.BackoffRule;
import org.junit.jupiter.api.Test;

class LocalFailureStoreTest {

    private static final BackoffRule RULE = new BackoffRule(2, 100, 60, 200);

    private long now = 1_000;
    private final LocalFailureStore store = new LocalFailureStore(() -> now);

    @Test
    void countsEachKeyApart() {
        assertThat(store.count("a", 1, RULE)).isZero();
        assertThat(store.count("b", 1, RULE)).isZero();
        assertThat(store.failed("a", 1, RULE).result()).isEqualTo(60);
        now += 10;
        assertThat(store.count("a", 1, RULE)).as("what is left").isEqualTo(50);
    }

    @Test
    void forgivesAndForgets() {
        assertThat(store.count("a", 1, RULE)).isZero();
        store.succeeded("a", 1);
        store.succeeded("nobody", 1);
        assertThat(store.count("a", 1, RULE)).isZero();
        assertThat(store.count("a", 1, RULE)).isEqualTo(60);
        store.clear("a");
        assertThat(store.count("a", 1, RULE)).isZero();
        assertThat(store.count("a", 1, RULE)).as("the first ban again").isEqualTo(60);
    }

    /** As many as an attacker likes, who has a network of IPv6. */
    @Test
    void remembersThoseWhoHaveFailedLast() {
        assertThat(store.count("early", 1, RULE)).isZero();
        assertThat(store.count("busy", 1, RULE)).isZero();
        for (int i = 0; i < LocalFailureStore.MAX_ENTRIES - 1; i++) {
            assertThat(store.count("key" + i, 1, RULE)).isZero();
            if (i == 10) {
                store.succeeded("busy", 2);
            }
        }
        assertThat(store.size()).isEqualTo(LocalFailureStore.MAX_ENTRIES);
        assertThat(store.count("busy", 1, RULE)).isEqualTo(60);
        assertThat(store.count("early", 1, RULE)).isZero();
    }
}
