package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.quota.TrafficUsage.Share;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The traffic of a counter between nodes: period; number of shares, then node, number, spent and granted of each.
 *
 * <p>Immutable.
 */
final class TrafficUsageSerializer extends VersionedSerializer<TrafficUsage> {

    @Override
    public int getTypeId() {
        return QuotaTypes.TRAFFIC_USAGE;
    }

    @Override
    void writeFields(ObjectDataOutput out, TrafficUsage usage) throws IOException {
        out.writeLong(usage.period());
        out.writeInt(usage.byNode().size());
        for (Map.Entry<UUID, Share> share : usage.byNode().entrySet()) {
            writeNode(out, share.getKey());
            out.writeLong(share.getValue().number());
            out.writeLong(share.getValue().spent());
            out.writeLong(share.getValue().granted());
        }
    }

    @Override
    TrafficUsage readFields(ObjectDataInput in) throws IOException {
        long period = in.readLong();
        Map<UUID, Share> shares = new HashMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            shares.put(readNode(in), new Share(in.readLong(), in.readLong(), in.readLong()));
        }
        return new TrafficUsage(period, shares);
    }
}
