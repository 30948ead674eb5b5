package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.TrafficUsage;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds what was kept of a counter to what is known of it; answers nothing. It may be executed any number of times, by any node.
 *
 * <p>Immutable.
 */
record RestoreTraffic(TrafficUsage kept) implements EntryProcessor<String, TrafficUsage, @Nullable Void> {

    private static final TrafficUsageSerializer USAGE = new TrafficUsageSerializer();

    @Override
    public @Nullable Void process(Map.Entry<String, @Nullable TrafficUsage> entry) {
        TrafficUsage before = entry.getValue();
        TrafficUsage after = before == null ? kept : before.merge(kept);
        if (!after.equals(before)) {
            entry.setValue(after);
        }
        return null;
    }

    static final class Serializer extends VersionedSerializer<RestoreTraffic> {

        @Override
        public int getTypeId() {
            return QuotaTypes.RESTORE_TRAFFIC;
        }

        @Override
        void writeFields(ObjectDataOutput out, RestoreTraffic restore) throws IOException {
            USAGE.writeFields(out, restore.kept);
        }

        @Override
        RestoreTraffic readFields(ObjectDataInput in) throws IOException {
            return new RestoreTraffic(USAGE.readFields(in));
        }
    }
}
