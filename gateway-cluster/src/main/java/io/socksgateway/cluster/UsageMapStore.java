package io.socksgateway.cluster;

import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.map.MapStore;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.store.UsageLog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a log of each change of an entry that this member owns. It is called on the thread that works on all entries of the
 * partition, and so blocks nobody: the log writes behind it.
 *
 * <p>It reads nothing, as that would hold up that thread; {@link ClusterUsage} brings back what was used.
 *
 * <p>Thread-safe.
 */
final class UsageMapStore implements MapStore<String, TrafficUsage> {

    private final UsageLog log;

    UsageMapStore(UsageLog log) {
        this.log = log;
    }

    MapStoreConfig config() {
        return new MapStoreConfig()
                .setEnabled(true)
                .setImplementation(this)
                .setWriteDelaySeconds(0)
                .setOffload(false); // to a thread that may block, which costs more than this
    }

    @Override
    public void store(String counter, TrafficUsage usage) {
        var unused = log.changed(counter, usage);
    }

    @Override
    public void storeAll(Map<String, TrafficUsage> usages) {
        usages.forEach(this::store);
    }

    /** Rows outlive their entries until their period is over. */
    @Override
    public void delete(String counter) {}

    @Override
    public void deleteAll(Collection<String> counters) {}

    @Override
    public @Nullable TrafficUsage load(String counter) {
        return null;
    }

    @Override
    public Map<String, TrafficUsage> loadAll(Collection<String> counters) {
        return Map.of();
    }

    @Override
    public List<String> loadAllKeys() {
        return List.of();
    }
}
