package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.SessionShares;
import io.socksgateway.core.quota.SessionShares.Share;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The value of a counter between nodes: number of shares, then node, count and lease of each.
 *
 * <p>Immutable.
 */
final class SharesSerializer extends VersionedSerializer<SessionShares> {

    @Override
    public int getTypeId() {
        return QuotaTypes.SESSION_SHARES;
    }

    @Override
    void writeFields(ObjectDataOutput out, SessionShares shares) throws IOException {
        out.writeInt(shares.byNode().size());
        for (Map.Entry<UUID, Share> share : shares.byNode().entrySet()) {
            writeNode(out, share.getKey());
            out.writeInt(share.getValue().held());
            out.writeLong(share.getValue().leaseUntil());
        }
    }

    @Override
    SessionShares readFields(ObjectDataInput in) throws IOException {
        int size = in.readInt();
        Map<UUID, Share> shares = new HashMap<>();
        for (int i = 0; i < size; i++) {
            shares.put(readNode(in), new Share(in.readInt(), in.readLong()));
        }
        return new SessionShares(shares);
    }
}
