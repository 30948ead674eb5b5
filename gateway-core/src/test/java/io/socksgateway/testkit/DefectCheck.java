package io.socksgateway.testkit;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which a buffer has leaked, an event loop was blocked or an exception went uncaught. Found by
 * JUnit itself in every module that has the test kit on its class path; the leak detector's level is set by the build.
 */
public final class DefectCheck implements BeforeAllCallback, AfterAllCallback {

    private static final long DEADLINE_MILLIS = 60_000;

    @Override
    public void beforeAll(ExtensionContext context) {
        DefectLog.attach();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        check();
    }

    /** Fails if anything was heard since the last check. */
    static void check() throws InterruptedException {
        provokeLeakReports();
        List<String> defects = DefectLog.attach().drain();
        if (!defects.isEmpty()) {
            throw new AssertionError("reported in the log:\n" + String.join("\n", defects));
        }
    }

    /** Netty notices a leak when the next buffer is allocated after the leaked one was collected. */
    static void provokeLeakReports() throws InterruptedException {
        collect();
        collect(); // what the first one has found is certainly queued when the second one is through
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        ByteBufAllocator.DEFAULT.heapBuffer(1).release();
    }

    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
        System.gc();
        if (queue.remove(DEADLINE_MILLIS) != canary) {
            throw new AssertionError("no garbage collection in " + DEADLINE_MILLIS + " ms");
        }
    }
}
