package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.TrafficUsage;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what was moved of a period's traffic; answers whether there was anything.
 *
 * <p>Immutable.
 *
 * @param mark one for each time, so that the backup comes to the same result
 */
record ForgiveTraffic(UUID mark) implements EntryProcessor<String, TrafficUsage, Boolean> {

    @Override
    public Boolean process(Map.Entry<String, @Nullable TrafficUsage> entry) {
        TrafficUsage before = entry.getValue();
        if (before == null) {
            return false;
        }
        TrafficUsage after = before.forgiven(mark);
        if (after.equals(before)) {
            return false;
        }
        entry.setValue(after);
        return true;
    }

    static final class Serializer extends VersionedSerializer<ForgiveTraffic> {

        @Override
        public int getTypeId() {
            return QuotaTypes.FORGIVE_TRAFFIC;
        }

        @Override
        void writeFields(ObjectDataOutput out, ForgiveTraffic forgive) throws IOException {
            writeNode(out, forgive.mark);
        }

        @Override
        ForgiveTraffic readFields(ObjectDataInput in) throws IOException {
            return new ForgiveTraffic(readNode(in));
        }
    }
}
