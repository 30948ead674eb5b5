package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.socksgateway.core.quota.TrafficUsage;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a counter's traffic when two parts of a split cluster merge: nothing that either of them has counted is
 * lost, and nothing counts twice.
 *
 * <p>Immutable.
 */
public final class KnownTogether
        implements SplitBrainMergePolicy<TrafficUsage, MergingValue<TrafficUsage>, TrafficUsage> {

    @Override
    public TrafficUsage merge(MergingValue<TrafficUsage> merging, @Nullable MergingValue<TrafficUsage> existing) {
        TrafficUsage arriving = merging.getDeserializedValue();
        TrafficUsage known = existing == null ? null : existing.getDeserializedValue();
        return known == null ? arriving : known.merge(arriving);
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
