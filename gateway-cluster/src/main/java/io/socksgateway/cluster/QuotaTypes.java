package io.socksgateway.cluster;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.serialization.Serializer;
import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.TrafficUsage;

/** The numbers of our types between nodes. They never change, and a number is never used again for something else. */
final class QuotaTypes {

    static final int SESSION_COUNTER = 5001;
    static final int ADJUST_SHARE = 5002;
    static final int RENEW_LEASE = 5003;
    static final int DROP_SHARES = 5004;
    static final int TRAFFIC_USAGE = 5005;
    static final int RATE_SHARES = 5006;
    static final int RESERVE_TRAFFIC = 5007;
    static final int RESERVE_RATE = 5008;
    static final int ANSWER = 5009;
    static final int FORGIVE_TRAFFIC = 5010;
    static final int RESTORE_TRAFFIC = 5020;

    static final int STANDING = 5021;
    static final int SETTLE_SHARES = 5022;
    static final int FORGET_PERIODS = 5023;

    private QuotaTypes() {}

    static void register(SerializationConfig config) {
        register(config, SessionCounter.class, new SessionCounterSerializer());
        register(config, AdjustShare.class, new AdjustShare.Serializer());
        register(config, RenewLease.class, new RenewLease.Serializer());
        register(config, DropShares.class, new DropShares.Serializer());
        register(config, TrafficUsage.class, new TrafficUsageSerializer());
        register(config, RateShares.class, new RateSharesSerializer());
        register(config, ReserveTraffic.class, new ReserveTraffic.Serializer());
        register(config, ReserveRate.class, new ReserveRate.Serializer());
        register(config, ForgiveTraffic.class, new ForgiveTraffic.Serializer());
        register(config, Standing.class, new Standing.Serializer());
        register(config, SettleShares.class, new SettleShares.Serializer());
        register(config, RestoreTraffic.class, new RestoreTraffic.Serializer());
        register(config, ForgetPeriods.class, new ForgetPeriods.Serializer());
        register(config, Answer.class, new Reservations.AnswerSerializer());
    }

    private static void register(SerializationConfig config, Class<?> type, Serializer serializer) {
        config.addSerializerConfig(new SerializerConfig().setTypeClass(type).setImplementation(serializer));
    }
}
