package io.socksgateway.deploy.bench.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Does activities again and again, each as often as it says at the most, and counts what came of it.
 *
 * <p>Thread-safe.
 */
final class Tasks implements AutoCloseable {

    private static final long ENDING_SECONDS = 60;

    private final ScheduledExecutorService threads;
    private final Map<String, Long> done = new TreeMap<>();
    private final Map<String, Long> surprises = new TreeMap<>();
    private volatile boolean closing;

    /** Begins. */
    Tasks(List<Activity> activities) {
        threads = Executors.newScheduledThreadPool(activities.size(), work -> {
            Thread thread = new Thread(work, "activity");
            thread.setDaemon(true);
            return thread;
        });
        activities.forEach(activity -> {
            long micros = (long) (60_000_000 / activity.perMinute());
            // with a delay rather than at a rate: who is late need not catch up
            var unused =
                    threads.scheduleWithFixedDelay(() -> once(activity), micros / 4, micros, TimeUnit.MICROSECONDS);
        });
    }

    private void once(Activity activity) {
        try {
            activity.doing().once();
            count(done, activity.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!closing) {
                count(surprises, activity.name() + ": " + e);
            }
        }
    }

    private synchronized void count(Map<String, Long> counts, String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** How often each was done with the result that was due. */
    synchronized Map<String, Long> done() {
        return new TreeMap<>(done);
    }

    /** What else has come of it, how often. */
    synchronized Map<String, Long> surprises() {
        return new TreeMap<>(surprises);
    }

    /** Begins nothing more, and waits for what is under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
                closing = true;
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
