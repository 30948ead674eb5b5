package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameCacheTest {

    private static final Resolution ONE =
            new Resolution(List.of(Addresses.parse("192.0.2.1").orElseThrow()), List.of());

    private final FakeNanos clock = new FakeNanos();

    @Test
    void forgetsWhenTheTimeIsOver() {
        NameCache cache = new NameCache(10, clock);
        cache.put("a", ONE, 5);
        clock.advanceMillis(4_999);
        assertThat(cache.get("a")).isEqualTo(ONE);
        clock.advanceMillis(1);
        assertThat(cache.get("a")).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void aNewEntryReplacesTheOld() {
        NameCache cache = new NameCache(10, clock);
        cache.put("a", Resolution.NONE, 5);
        cache.put("a", ONE, 300);
        clock.advanceMillis(5_000);
        assertThat(cache.get("a")).isEqualTo(ONE);
    }

    @Test
    void neverHoldsMoreThanItMay() {
        NameCache cache = new NameCache(3, clock);
        for (String name : List.of("a", "b", "c")) {
            cache.put(name, ONE, 60);
        }
        assertThat(cache.get("a")).isNotNull();
        for (int i = 0; i < 1_000; i++) {
            cache.put("d", ONE, 60);
        }
        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.get("a")).isNotNull();
        assertThat(cache.get("b")).isNull();
        for (int i = 0; i < 1_000; i++) {
            cache.put("n" + i, ONE, 60);
        }
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void withoutEntriesItHoldsNothing() {
        NameCache cache = new NameCache(0, clock);
        cache.put("a", ONE, 60);
        assertThat(cache.get("a")).isNull();
        assertThat(cache.size()).isZero();
    }
}
