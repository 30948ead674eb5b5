package io.socksgateway.deploy.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process and its descendants, as /proc shows them.
 *
 * <p>Immutable.
 */
public final class ProcessTree {

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = ticksPerSecond();

    private final long root;

    public ProcessTree(long root) {
        this.root = root;
    }

    /** Of the process that asks. */
    public static ProcessTree own() {
        return new ProcessTree(ProcessHandle.current().pid());
    }

    /** How many descriptors the process that asks may have, and those that it starts. */
    public static long descriptorLimit() throws IOException {
        try (var lines = Files.lines(PROC.resolve("self/limits"))) {
            String line = lines.filter(one -> one.startsWith("Max open files"))
                    .findFirst()
                    .orElseThrow();
            String soft = line.split(" {2,}", -1)[1];
            return soft.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(soft);
        }
    }

    /** User and system time of all that run and of those that have ended and were waited for; to within a tick, usually 10 ms. */
    public double cpuSeconds() {
        return members().stream().mapToLong(ProcessStat::ticks).sum() / TICKS_PER_SECOND;
    }

    /** User and system time of the first process alone. */
    public double cpuSecondsOfRoot() throws IOException {
        return ProcessStat.read(PROC.resolve(Long.toString(root))).ticks() / TICKS_PER_SECOND;
    }

    /** Proportional set size: memory of its own, and its part of what is shared. */
    public long pssKib() {
        long kib = 0;
        for (ProcessStat member : members()) {
            try (var lines = Files.lines(PROC.resolve(member.pid() + "/smaps_rollup"))) {
                kib += lines.filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            } catch (IOException e) {
                // it has ended
            }
        }
        return kib;
    }

    /** Open file descriptors. */
    public int descriptors() {
        int open = 0;
        for (ProcessStat member : members()) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC.resolve(member.pid() + "/fd"))) {
                for (Path ignored : all) {
                    open++;
                }
            } catch (IOException e) {
                // it has ended
            }
        }
        return open;
    }

    /** The processes that are there now, the root first. */
    List<ProcessStat> members() {
        Map<Long, List<ProcessStat>> children = new HashMap<>();
        List<ProcessStat> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                try {
                    ProcessStat stat = ProcessStat.read(process);
                    children.computeIfAbsent(stat.parent(), parent -> new ArrayList<>())
                            .add(stat);
                    if (stat.pid() == root) {
                        found.add(stat);
                    }
                } catch (IOException e) {
                    // it has ended
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("no /proc", e);
        }
        Set<Long> seen = new HashSet<>(Set.of(root));
        for (int i = 0; i < found.size(); i++) {
            for (ProcessStat child : children.getOrDefault(found.get(i).pid(), List.of())) {
                if (seen.add(child.pid())) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    private static double ticksPerSecond() {
        try {
            Process asked = new ProcessBuilder("getconf", "CLK_TCK").start();
            try (BufferedReader answer =
                    new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.US_ASCII))) {
                return Double.parseDouble(answer.readLine());
            }
        } catch (IOException e) {
            return 100;
        }
    }
}
