package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.RecentStarts;
import io.socksgateway.core.quota.RecentStarts.Slot;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionShares;
import io.socksgateway.core.quota.SessionShares.Share;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The value of a counter between nodes: number of shares, then node, count and lease of each; number of slots, then time and
 * starts of each; since when room is scarce.
 *
 * <p>Immutable.
 */
final class SessionCounterSerializer extends VersionedSerializer<SessionCounter> {

    @Override
    public int getTypeId() {
        return QuotaTypes.SESSION_COUNTER;
    }

    @Override
    void writeFields(ObjectDataOutput out, SessionCounter counter) throws IOException {
        Map<UUID, Share> shares = counter.open().byNode();
        out.writeInt(shares.size());
        for (Map.Entry<UUID, Share> share : shares.entrySet()) {
            writeNode(out, share.getKey());
            out.writeInt(share.getValue().held());
            out.writeLong(share.getValue().leaseUntil());
        }
        List<Slot> slots = counter.recent().slots();
        out.writeInt(slots.size());
        for (Slot slot : slots) {
            out.writeLong(slot.from());
            out.writeInt(slot.starts());
        }
        out.writeLong(counter.scarceSince());
    }

    @Override
    SessionCounter readFields(ObjectDataInput in) throws IOException {
        int size = in.readInt();
        Map<UUID, Share> shares = new HashMap<>();
        for (int i = 0; i < size; i++) {
            shares.put(readNode(in), new Share(in.readInt(), in.readLong()));
        }
        size = in.readInt();
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            slots.add(new Slot(in.readLong(), in.readInt()));
        }
        return new SessionCounter(new SessionShares(shares), new RecentStarts(slots), in.readLong());
    }
}
