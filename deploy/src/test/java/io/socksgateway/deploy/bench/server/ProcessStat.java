package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What /proc/PID/stat says.
 *
 * <p>Immutable.
 *
 * @param ticks of the processor, in user and system mode, its own and those of children that have ended
 */
record ProcessStat(long pid, long parent, long ticks) {

    private static final int PARENT = 1;
    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;

    /**
     * Reads it.
     *
     * @param process its folder in /proc
     */
    static ProcessStat read(Path process) throws IOException {
        String all = Files.readString(process.resolve("stat"));
        // The name in parentheses may hold anything; what is wanted comes after it.
        String[] fields = all.substring(all.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return new ProcessStat(Long.parseLong(process.getFileName().toString()), Long.parseLong(fields[PARENT]), ticks);
    }
}
