package io.socksgateway.deploy.e2e;

import java.time.OffsetDateTime;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When this machine let nobody run, as seen by a thread that does nothing but look at the clock: no thread of a gateway was
 * blocked by what it does then.
 *
 * <p>Thread-safe.
 */
final class Standstills {

    private static final Pattern BLOCKED = Pattern.compile(
            "^(\\S+) WARN +\\S+BlockedThreadChecker .* has been blocked for (\\d+) ms, time limit is (\\d+) ms");

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Milliseconds; less happens all the time. */
    private static final long SHORTEST = 100;

    private final Queue<Standstill> seen = new ConcurrentLinkedQueue<>();

    /** Milliseconds since 1970. */
    private record Standstill(long from, long to) {

        long within(long begin, long end) {
            return Math.max(0, Math.min(to, end) - Math.max(from, begin));
        }
    }

    /** Begins to look. */
    static Standstills watching() {
        Standstills standstills = new Standstills();
        Thread thread = new Thread(standstills::look, "standstills");
        thread.setDaemon(true);
        thread.start();
        return standstills;
    }

    private void look() {
        long last = System.currentTimeMillis();
        while (true) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now = System.currentTimeMillis();
            if (now - last > SHORTEST) {
                saw(last, now);
            }
            last = now;
        }
    }

    /** Milliseconds since 1970. */
    void saw(long from, long to) {
        seen.add(new Standstill(from, to));
    }

    /** Milliseconds of the longest since a time. */
    long longestSince(long millis) {
        return seen.stream()
                .filter(each -> each.to >= millis)
                .mapToLong(each -> each.to - each.from)
                .max()
                .orElse(0);
    }

    /** Whether an entry of a log tells of a thread that would not have been blocked if the machine had let it run. */
    boolean explain(String entry) {
        Matcher blocked = BLOCKED.matcher(entry);
        if (!blocked.find()) {
            return false;
        }
        long end = OffsetDateTime.parse(blocked.group(1)).toInstant().toEpochMilli();
        long millis = Long.parseLong(blocked.group(2));
        long stoodStill =
                seen.stream().mapToLong(each -> each.within(end - millis, end)).sum();
        return millis - stoodStill < Long.parseLong(blocked.group(3));
    }
}
