package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processors of the machine. */
public final class MachineCpu {

    /** In /proc/stat: user, nice, system, (idle, iowait,) irq, softirq. */
    private static final int[] BUSY = {1, 2, 3, 6, 7};

    private static final double TICKS_PER_SECOND = 100; // of /proc/stat, everywhere where we run

    private MachineCpu() {}

    /** Seconds that all of them together were busy since the machine was started. */
    public static double busySeconds() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            String[] fields = lines.findFirst().orElseThrow().split(" +", -1);
            double ticks = 0;
            for (int field : BUSY) {
                ticks += Double.parseDouble(fields[field]);
            }
            return ticks / TICKS_PER_SECOND;
        }
    }
}
