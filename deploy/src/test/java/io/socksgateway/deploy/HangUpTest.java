package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.socksgateway.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HangUpTest {

    /** Where nothing has a hand on it, the signal would end this process. */
    @Test
    void aSignalThatComesTooEarlyIsKept() throws Exception {
        assumeThat(isIgnored()).as("SIGHUP is ignored here, as under nohup").isFalse();
        CompletableFuture<Runnable> action = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        HangUp.handle(action);

        signal();
        Eventually.isTrue("the signal waits", () -> action.getNumberOfDependents() == 1);
        assertThat(action.complete(runs::incrementAndGet)).isTrue();
        Eventually.isTrue("it is done later", () -> runs.get() == 1);

        signal();
        Eventually.isTrue("the next is done at once", () -> runs.get() == 2);
    }

    private static boolean isIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 1) == 1);
    }

    private static void signal() throws Exception {
        String self = String.valueOf(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-HUP", self).start().waitFor()).isZero();
    }
}
