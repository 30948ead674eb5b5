package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.PastTraffic;
import io.socksgateway.core.quota.TrafficUsage;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes entries whose period belongs to the past; answers nothing.
 *
 * <p>Immutable.
 */
record ForgetPeriods(long now) implements EntryProcessor<String, TrafficUsage, @Nullable Void> {

    @Override
    public @Nullable Void process(Map.Entry<String, @Nullable TrafficUsage> entry) {
        TrafficUsage usage = entry.getValue();
        if (usage != null && PastTraffic.isPast(entry.getKey(), usage.period(), now)) {
            entry.setValue(null);
        }
        return null;
    }

    static final class Serializer extends VersionedSerializer<ForgetPeriods> {

        @Override
        public int getTypeId() {
            return QuotaTypes.FORGET_PERIODS;
        }

        @Override
        void writeFields(ObjectDataOutput out, ForgetPeriods forget) throws IOException {
            out.writeLong(forget.now);
        }

        @Override
        ForgetPeriods readFields(ObjectDataInput in) throws IOException {
            return new ForgetPeriods(in.readLong());
        }
    }
}
