package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    @Test
    void countsBehindThePrefixOfTheProcess() {
        SessionIds ids = new SessionIds(36 * 36);
        assertThat(ids.next()).isEqualTo("100-1");
        assertThat(ids.next()).isEqualTo("100-2");
    }

    @Test
    void processesDiffer() {
        assertThat(new SessionIds().next())
                .isNotEqualTo(new SessionIds().next())
                .matches("[0-9a-z]{1,10}-1");
    }

    @Test
    void uniqueOverThreads() {
        SessionIds ids = new SessionIds();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 10_000).parallel().forEach(i -> seen.add(ids.next()));
        assertThat(seen).hasSize(10_000);
    }
}
