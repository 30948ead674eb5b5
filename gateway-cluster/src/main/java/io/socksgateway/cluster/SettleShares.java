package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.SessionCounter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records what a node holds of many counters at once; answers what each has for it afterwards. One message to each member
 * that has some of the entries.
 *
 * <p>Immutable.
 */
record SettleShares(UUID node, Map<String, Integer> held, long leaseUntil)
        implements EntryProcessor<String, SessionCounter, Standing> {

    SettleShares {
        held = Map.copyOf(held);
    }

    @Override
    public Standing process(Map.Entry<String, @Nullable SessionCounter> entry) {
        SessionCounter before = ShareEntries.read(entry);
        Integer now = held.get(entry.getKey());
        SessionCounter after = now == null ? before : before.with(before.open().settle(node, now, leaseUntil));
        ShareEntries.write(entry, before, after);
        return new Standing(after.open().heldBy(node), after.isRoomy(), true);
    }

    static final class Serializer extends VersionedSerializer<SettleShares> {

        @Override
        public int getTypeId() {
            return QuotaTypes.SETTLE_SHARES;
        }

        @Override
        void writeFields(ObjectDataOutput out, SettleShares settle) throws IOException {
            writeNode(out, settle.node);
            out.writeInt(settle.held.size());
            for (Map.Entry<String, Integer> each : settle.held.entrySet()) {
                out.writeString(each.getKey());
                out.writeInt(each.getValue());
            }
            out.writeLong(settle.leaseUntil);
        }

        @Override
        SettleShares readFields(ObjectDataInput in) throws IOException {
            UUID node = readNode(in);
            int size = in.readInt();
            Map<String, Integer> held = new HashMap<>();
            for (int i = 0; i < size; i++) {
                String counter = in.readString();
                held.put(counter == null ? "" : counter, in.readInt());
            }
            return new SettleShares(node, held, in.readLong());
        }
    }
}
