package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void theFileOfThisRunStaysLockedWhenGarbageIsCollected() throws Exception {
        int port = FreePorts.take(1).get(0);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        Eventually.isTrue("garbage is collected", () -> {
            System.gc();
            return garbage.get() == null;
        });
        int run = (port - FreePorts.LOWEST) % FreePorts.RUNS;
        try (FileChannel file = FileChannel.open(FreePorts.file(run), StandardOpenOption.WRITE)) {
            assertThatThrownBy(file::tryLock)
                    .as("this process holds it")
                    .isInstanceOf(OverlappingFileLockException.class);
        }
    }
}
