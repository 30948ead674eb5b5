package io.socksgateway.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * For how long threads of this process were ready and had no processor, because others had them all. {@link Pauses} do not
 * show that: whoever sleeps most of the time is let run at once.
 *
 * <p>Thread-safe.
 */
final class ProcessorWaits {

    private static final long BETWEEN_SAMPLES = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int SAMPLES = 60;
    /** Linux tells this much of a thread's name. */
    private static final int NAME_LENGTH = 15;

    private static final Path THREADS = Path.of("/proc/self/task");

    /** How long each thread had waited until then, by its number; nanoseconds. */
    private record Sample(long at, Map<String, Long> waited) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Begins to watch this process. */
    static ProcessorWaits watch() {
        ProcessorWaits waits = new ProcessorWaits();
        Thread thread = new Thread(waits::run, "test-processor-waits");
        thread.setDaemon(true);
        thread.start();
        return waits;
    }

    private void run() {
        while (true) {
            sample(System.nanoTime(), waiting(""));
            LockSupport.parkNanos(BETWEEN_SAMPLES);
        }
    }

    synchronized void sample(long now, Map<String, Long> waited) {
        samples.addLast(new Sample(now, waited));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** How many of the last milliseconds a thread of this name has waited, and a little more. */
    long millis(String thread, long span) {
        long now = System.nanoTime();
        long nanos = since(now - TimeUnit.MILLISECONDS.toNanos(span), waiting(thread));
        return Math.min(span, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /**
     * The longest that any of some threads has waited since the last sample before a moment.
     *
     * @param waited how long they have waited until now
     */
    synchronized long since(long moment, Map<String, Long> waited) {
        Map<String, Long> before = Map.of();
        for (Sample sample : samples) {
            if (sample.at - moment <= 0) {
                before = sample.waited;
            }
        }
        long longest = 0;
        for (Map.Entry<String, Long> thread : waited.entrySet()) {
            longest = Math.max(longest, thread.getValue() - before.getOrDefault(thread.getKey(), 0L));
        }
        return longest;
    }

    /** How long threads have waited since they began, by their numbers; none where Linux does not tell. */
    static Map<String, Long> waiting(String name) {
        Map<String, Long> waiting = new HashMap<>();
        String known = name.substring(0, Math.min(NAME_LENGTH, name.length()));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                try {
                    if (Files.readString(thread.resolve("comm")).startsWith(known)) {
                        String[] numbers =
                                Files.readString(thread.resolve("schedstat")).split(" ", -1);
                        waiting.put(thread.getFileName().toString(), Long.parseLong(numbers[1]));
                    }
                } catch (IOException e) {
                    // it has ended meanwhile
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return waiting;
    }
}
