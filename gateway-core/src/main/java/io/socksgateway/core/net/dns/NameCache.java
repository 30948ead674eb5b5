package io.socksgateway.core.net.dns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of names, for all event loops together. When it is full, the name that was not asked for the longest
 * is forgotten.
 *
 * <p>Thread-safe; its lock is held for a look into a map.
 */
final class NameCache {

    private final int maxEntries;
    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(Resolution resolution, long since, long lifetime) {}

    /**
     * An empty cache.
     *
     * @param maxEntries 0 remembers nothing
     * @param nanos a clock in nanoseconds
     */
    NameCache(int maxEntries, LongSupplier nanos) {
        this.maxEntries = maxEntries;
        this.nanos = nanos;
    }

    /** What is known of a name, or null. */
    synchronized @Nullable Resolution get(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        if (nanos.getAsLong() - entry.since >= entry.lifetime) {
            entries.remove(name);
            return null;
        }
        return entry.resolution;
    }

    /** Remembers a name for so many seconds, instead of what was known of it. */
    synchronized void put(String name, Resolution resolution, long seconds) {
        if (maxEntries == 0) {
            return;
        }
        entries.put(name, new Entry(resolution, nanos.getAsLong(), TimeUnit.SECONDS.toNanos(seconds)));
        if (entries.size() > maxEntries) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
