package io.socksgateway.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/** The CPU time of all event loops. */
public final class LoopCpu {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LoopCpu() {}

    /** Milliseconds since the loops were started. */
    public static long millis() {
        long nanos = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().contains("eventloop")) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
