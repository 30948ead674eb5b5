package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settles what a node has moved of a period's traffic, and reserves more.
 *
 * <p>Immutable.
 */
record ReserveTraffic(Ask ask, Supply.Budget budget) implements EntryProcessor<String, TrafficUsage, Answer> {

    @Override
    public Answer process(Map.Entry<String, @Nullable TrafficUsage> entry) {
        TrafficUsage before = entry.getValue();
        TrafficUsage.Result result = TrafficUsage.reserve(before, ask, budget.period(), budget.octets());
        if (!result.usage().equals(before)) {
            entry.setValue(result.usage());
        }
        return result.answer();
    }

    static final class Serializer extends VersionedSerializer<ReserveTraffic> {

        @Override
        public int getTypeId() {
            return QuotaTypes.RESERVE_TRAFFIC;
        }

        @Override
        void writeFields(ObjectDataOutput out, ReserveTraffic reserve) throws IOException {
            Reservations.write(out, reserve.ask);
            out.writeLong(reserve.budget.period());
            out.writeLong(reserve.budget.octets());
        }

        @Override
        ReserveTraffic readFields(ObjectDataInput in) throws IOException {
            return new ReserveTraffic(Reservations.readAsk(in), new Supply.Budget(in.readLong(), in.readLong()));
        }
    }
}
