package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.RateShares.Share;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The bandwidth of a counter between nodes: level, stamp; number of shares, then node, number, spent, granted, time and
 * hunger of each.
 *
 * <p>Immutable.
 */
final class RateSharesSerializer extends VersionedSerializer<RateShares> {

    @Override
    public int getTypeId() {
        return QuotaTypes.RATE_SHARES;
    }

    @Override
    void writeFields(ObjectDataOutput out, RateShares shares) throws IOException {
        out.writeLong(shares.level());
        out.writeLong(shares.stamp());
        out.writeInt(shares.byNode().size());
        for (Map.Entry<UUID, Share> entry : shares.byNode().entrySet()) {
            Share share = entry.getValue();
            writeNode(out, entry.getKey());
            out.writeLong(share.number());
            out.writeLong(share.spent());
            out.writeLong(share.granted());
            out.writeLong(share.asked());
            out.writeBoolean(share.hungry());
        }
    }

    @Override
    RateShares readFields(ObjectDataInput in) throws IOException {
        long level = in.readLong();
        long stamp = in.readLong();
        Map<UUID, Share> shares = new HashMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            shares.put(
                    readNode(in),
                    new Share(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean()));
        }
        return new RateShares(level, stamp, shares);
    }
}
