package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionShares;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Drops the shares of nodes that are gone, and those whose lease has ended; answers nothing.
 *
 * <p>Immutable.
 */
record DropShares(List<UUID> nodes, long now) implements EntryProcessor<String, SessionCounter, @Nullable Void> {

    DropShares {
        nodes = List.copyOf(nodes);
    }

    @Override
    public @Nullable Void process(Map.Entry<String, @Nullable SessionCounter> entry) {
        SessionCounter before = ShareEntries.read(entry);
        SessionCounter after = before.unexpired(now);
        SessionShares living = after.open();
        for (UUID node : nodes) {
            living = living.without(node);
        }
        ShareEntries.write(entry, before, after.with(living));
        return null;
    }

    static final class Serializer extends VersionedSerializer<DropShares> {

        @Override
        public int getTypeId() {
            return QuotaTypes.DROP_SHARES;
        }

        @Override
        void writeFields(ObjectDataOutput out, DropShares drop) throws IOException {
            out.writeInt(drop.nodes.size());
            for (UUID node : drop.nodes) {
                writeNode(out, node);
            }
            out.writeLong(drop.now);
        }

        @Override
        DropShares readFields(ObjectDataInput in) throws IOException {
            int size = in.readInt();
            List<UUID> nodes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                nodes.add(readNode(in));
            }
            return new DropShares(nodes, in.readLong());
        }
    }
}
