package io.socksgateway.deploy.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {

    /** A process may be called what it likes. */
    @Test
    void readsTimesBehindAnyName(@TempDir Path proc) throws Exception {
        Path process = Files.createDirectory(proc.resolve("42"));
        Files.writeString(
                process.resolve("stat"),
                "42 (a) S 1 (b) R 7 42 42 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 5 0 1 2 3 4 5 6 7 8 9\n");

        assertThat(ProcessStat.read(process)).isEqualTo(new ProcessStat(42, 7, 127));
    }

    @Test
    void seesThisProcessAndItsChildren() throws Exception {
        ProcessTree tree = ProcessTree.own();
        Process child = new ProcessBuilder("cat").start();
        try {
            assertThat(tree.members()).extracting(ProcessStat::pid).contains(child.pid());
            assertThat(new ProcessTree(child.pid()).members()).hasSize(1);
            assertThat(tree.cpuSeconds()).isPositive();
            assertThat(tree.pssKib()).isGreaterThan(new ProcessTree(child.pid()).pssKib());
            assertThat(new ProcessTree(child.pid()).descriptors()).isEqualTo(3);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void isEmptyForAProcessThatHasEnded() throws Exception {
        Process child = new ProcessBuilder("true").start();
        assertThat(child.waitFor()).isZero();

        assertThat(new ProcessTree(child.pid()).cpuSeconds()).isZero();
    }
}
