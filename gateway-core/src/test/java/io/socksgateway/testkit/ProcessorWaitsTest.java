package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessorWaitsTest {

    private final ProcessorWaits waits = new ProcessorWaits();

    @Test
    void countFromTheLastSampleBeforeTheMoment() {
        waits.sample(1_000, Map.of("7", 500L, "8", 100L));
        waits.sample(3_000, Map.of("7", 900L, "8", 100L));
        waits.sample(4_500, Map.of("7", 1_000L, "8", 200L));
        Map<String, Long> now = Map.of("7", 1_200L, "8", 300L);
        assertThat(waits.since(3_100, now)).isEqualTo(300);
        assertThat(waits.since(2_900, now)).isEqualTo(700);
        assertThat(waits.since(900, now)).as("since they began").isEqualTo(1_200);
        assertThat(waits.since(4_900, Map.of("8", 300L))).isEqualTo(100);
    }

    @Test
    void aThreadThatIsNotThereHasNone() {
        assertThat(ProcessorWaits.watch().millis("no thread has this name", 1_000))
                .isZero();
    }

    @Test
    void thoseOfAThreadAreReadByItsName() throws Exception {
        Path own = Path.of("/proc/thread-self/schedstat");
        assumeTrue(Files.exists(own), "this system does not tell");
        String name = "waits-" + System.nanoTime() % 1_000_000 + "-and what does not fit";
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
        try {
            thread.submit(() -> {
                        long before = waited(own);
                        Map<String, Long> read = ProcessorWaits.waiting(name);
                        assertThat(read).hasSize(1);
                        assertThat(read.values().iterator().next()).isBetween(before, waited(own));
                        return null;
                    })
                    .get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdown();
        }
    }

    /** The second of three numbers: how long it ran, how long it waited, and how often it got a turn. */
    private static long waited(Path schedstat) throws IOException {
        return Long.parseLong(Files.readString(schedstat).split(" ", -1)[1]);
    }
}
