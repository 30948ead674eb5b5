package io.socksgateway.deploy.bench.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's objects are that can be reached, as its {@code jcmd PID GC.class_histogram} tells after a full collection.
 *
 * <p>Immutable.
 *
 * @param instances by class
 * @param octets of all but arrays of longs: hashing a password takes 19 MiB of those for a moment
 */
record Histogram(Map<String, Long> instances, long octets) {

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)( .*)?");
    private static final String LONGS = "[J";
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    Histogram {
        instances = Map.copyOf(instances);
    }

    static Histogram take(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException(jcmd + " is missing: a JDK is needed, not only a JRE");
        }
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd: " + text);
        }
        return parse(text);
    }

    static Histogram parse(String text) throws IOException {
        Map<String, Long> instances = new HashMap<>();
        long octets = -1;
        long longs = 0;
        for (String line : text.split("\n", -1)) {
            Matcher one = LINE.matcher(line);
            Matcher total = TOTAL.matcher(line.strip());
            if (one.matches()) {
                instances.merge(one.group(3), Long.parseLong(one.group(1)), Long::sum);
                longs += one.group(3).equals(LONGS) ? Long.parseLong(one.group(2)) : 0;
            } else if (total.matches()) {
                octets = Long.parseLong(total.group(1));
            }
        }
        if (octets < 0) {
            throw new IOException("no histogram: " + text);
        }
        return new Histogram(instances, octets - longs);
    }

    /** A class of which there are more than before. */
    record Growth(String name, long before, long now) {

        long more() {
            return now - before;
        }

        @Override
        public String toString() {
            return name + ": " + before + " -> " + now;
        }
    }

    /** The classes of which there are more than before, most first. */
    List<Growth> since(Histogram earlier) {
        return instances.entrySet().stream()
                .map(one -> new Growth(one.getKey(), earlier.instances.getOrDefault(one.getKey(), 0L), one.getValue()))
                .filter(growth -> growth.more() > 0)
                .sorted(Comparator.comparingLong(Growth::more).reversed())
                .toList();
    }
}
