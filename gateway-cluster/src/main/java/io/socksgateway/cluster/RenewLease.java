package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.SessionCounter;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Renews the lease of what a node holds, over many counters at once; answers how many sessions each counter has for it. It
 * changes no count, so it may be executed before, after or between the other operations of the node.
 *
 * <p>Immutable.
 */
record RenewLease(UUID node, long leaseUntil) implements EntryProcessor<String, SessionCounter, Standing> {

    @Override
    public Standing process(Map.Entry<String, @Nullable SessionCounter> entry) {
        SessionCounter before = ShareEntries.read(entry);
        int held = before.open().heldBy(node);
        ShareEntries.write(entry, before, before.with(before.open().settle(node, held, leaseUntil)));
        return new Standing(held, before.isRoomy(), true);
    }

    static final class Serializer extends VersionedSerializer<RenewLease> {

        @Override
        public int getTypeId() {
            return QuotaTypes.RENEW_LEASE;
        }

        @Override
        void writeFields(ObjectDataOutput out, RenewLease renew) throws IOException {
            writeNode(out, renew.node);
            out.writeLong(renew.leaseUntil);
        }

        @Override
        RenewLease readFields(ObjectDataInput in) throws IOException {
            return new RenewLease(readNode(in), in.readLong());
        }
    }
}
