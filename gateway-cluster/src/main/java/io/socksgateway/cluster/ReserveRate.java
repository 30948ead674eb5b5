package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Settles what a node has moved of a bandwidth, and leases the next slice, by a clock of the member that keeps the counter:
 * nobody sets it, and there is one only.
 *
 * <p>Immutable.
 *
 * @param now by the cluster's clock, for members of an earlier version, which go by that
 */
record ReserveRate(Ask ask, long octetsPerSecond, long now) implements EntryProcessor<String, RateShares, Answer> {

    @Override
    public Answer process(Map.Entry<String, @Nullable RateShares> entry) {
        return process(entry, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /**
     * At another time.
     *
     * @param millis of a clock that nobody sets
     */
    Answer process(Map.Entry<String, @Nullable RateShares> entry, long millis) {
        RateShares.Result result = RateShares.reserve(entry.getValue(), ask, octetsPerSecond, millis);
        // null removes the entry
        entry.setValue(result.shares());
        return result.answer();
    }

    static final class Serializer extends VersionedSerializer<ReserveRate> {

        @Override
        public int getTypeId() {
            return QuotaTypes.RESERVE_RATE;
        }

        @Override
        void writeFields(ObjectDataOutput out, ReserveRate reserve) throws IOException {
            Reservations.write(out, reserve.ask);
            out.writeLong(reserve.octetsPerSecond);
            out.writeLong(reserve.now);
        }

        @Override
        ReserveRate readFields(ObjectDataInput in) throws IOException {
            return new ReserveRate(Reservations.readAsk(in), in.readLong(), in.readLong());
        }
    }
}
