package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionCounter.Admission;
import io.socksgateway.core.quota.SessionLimit;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records what a node holds of a counter and grants it what it wants more, as far as the limit goes; answers how many were
 * granted, and how the counter stands. All times are parameters, so that the backup of the entry comes to the same result.
 *
 * <p>Immutable.
 */
record AdjustShare(UUID node, int held, int wanted, SessionLimit limit, long now, long leaseUntil)
        implements EntryProcessor<String, SessionCounter, Standing> {

    @Override
    public Standing process(Map.Entry<String, @Nullable SessionCounter> entry) {
        SessionCounter before = ShareEntries.read(entry);
        Admission admission = before.admit(node, held, wanted, limit, now, leaseUntil);
        ShareEntries.write(entry, before, admission.counter());
        SessionCounter after = admission.counter();
        return new Standing(admission.granted(), after.isRoomy(), admission.isFinal());
    }

    static final class Serializer extends VersionedSerializer<AdjustShare> {

        @Override
        public int getTypeId() {
            return QuotaTypes.ADJUST_SHARE;
        }

        @Override
        void writeFields(ObjectDataOutput out, AdjustShare adjust) throws IOException {
            writeNode(out, adjust.node);
            out.writeInt(adjust.held);
            out.writeInt(adjust.wanted);
            out.writeInt(adjust.limit.open());
            out.writeInt(adjust.limit.perSecond());
            out.writeLong(adjust.now);
            out.writeLong(adjust.leaseUntil);
        }

        @Override
        AdjustShare readFields(ObjectDataInput in) throws IOException {
            return new AdjustShare(
                    readNode(in),
                    in.readInt(),
                    in.readInt(),
                    new SessionLimit(in.readInt(), in.readInt()),
                    in.readLong(),
                    in.readLong());
        }
    }
}
