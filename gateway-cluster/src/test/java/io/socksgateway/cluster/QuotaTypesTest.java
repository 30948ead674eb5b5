package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.RecentStarts;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Left;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.SessionShares;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.testkit.Asks;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaTypesTest {

    private static final UUID NODE = new UUID(0x0102030405060708L, -1);

    static List<Object> values() {
        return List.of(
                SessionCounter.NONE,
                new SessionCounter(
                        SessionShares.NONE.settle(NODE, 3, Long.MAX_VALUE).settle(new UUID(0, 0), 1, -1),
                        RecentStarts.NONE.plus(7, 1_000).plus(8, 1_700)),
                new AdjustShare(NODE, 1, 2, new SessionLimit(Integer.MAX_VALUE, 5), 3, Long.MIN_VALUE),
                new RenewLease(NODE, 42),
                new DropShares(List.of(), 42),
                new DropShares(List.of(NODE, new UUID(0, 0)), 42),
                new TrafficUsage(5, Map.of()),
                new TrafficUsage(
                        -1,
                        Map.of(
                                NODE,
                                new TrafficUsage.Share(1, 2, 1L << 60),
                                new UUID(7, 7),
                                new TrafficUsage.Share(4, 5, 6))),
                new RateShares(-5, 6, Map.of(NODE, new RateShares.Share(1, 2, 3, 4, true))),
                new ReserveTraffic(Asks.of(NODE, 1, true, 2, 3), new Supply.Budget(4, 5)),
                new ForgiveTraffic(NODE),
                new ForgetPeriods(42),
                new RestoreTraffic(new TrafficUsage(3, Map.of(NODE, new TrafficUsage.Share(4, 5, 6)))),
                new ReserveRate(Asks.of(NODE, 1, false, 2, 3), 4, 5),
                new Answer(1, 2, Left.ELSEWHERE));
    }

    private static InternalSerializationService serialization() {
        SerializationConfig config = new SerializationConfig();
        QuotaTypes.register(config);
        return new DefaultSerializationServiceBuilder().setConfig(config).build();
    }

    @ParameterizedTest
    @MethodSource("values")
    void comesBackEqualWithTheTypeNumberAndVersionInFront(Object value) {
        InternalSerializationService serialization = serialization();
        Data data = serialization.toData(value);
        assertThat(data.getType()).isBetween(QuotaTypes.SESSION_COUNTER, QuotaTypes.FORGET_PERIODS);
        assertThat(data.toByteArray()[HeapData.DATA_OFFSET]).isEqualTo((byte) 1);
        Object copy = serialization.toObject(data);
        assertThat(copy).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void anotherVersionIsRefused(Object value) {
        InternalSerializationService serialization = serialization();
        byte[] bytes = serialization.toBytes(value);
        bytes[HeapData.DATA_OFFSET] = 2;
        assertThatThrownBy(() -> serialization.toObject(new HeapData(bytes)))
                .hasStackTraceContaining("version: 2 (expected: 1)");
    }
}
