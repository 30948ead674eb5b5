package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.SessionShares;
import io.socksgateway.core.quota.SessionShares.Grant;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records what a node holds of a counter and grants it what it wants more, as far as the limit goes; answers how many were
 * granted. All times are parameters, so that the backup of the entry comes to the same result.
 *
 * <p>Immutable.
 */
record AdjustShare(UUID node, int held, int wanted, int limit, long now, long leaseUntil)
        implements EntryProcessor<String, SessionShares, Integer> {

    @Override
    public Integer process(Map.Entry<String, @Nullable SessionShares> entry) {
        SessionShares before = ShareEntries.read(entry);
        Grant grant = before.settle(node, held, leaseUntil).acquire(node, wanted, limit, now, leaseUntil);
        ShareEntries.write(entry, before, grant.shares());
        return grant.granted();
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
            out.writeInt(adjust.limit);
            out.writeLong(adjust.now);
            out.writeLong(adjust.leaseUntil);
        }

        @Override
        AdjustShare readFields(ObjectDataInput in) throws IOException {
            return new AdjustShare(
                    readNode(in), in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readLong());
        }
    }
}
