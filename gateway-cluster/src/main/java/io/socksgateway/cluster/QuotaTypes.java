package io.socksgateway.cluster;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.serialization.Serializer;
import io.socksgateway.core.quota.SessionCounter;

/** The numbers of our types between nodes. They never change, and a number is never used again for something else. */
final class QuotaTypes {

    static final int SESSION_COUNTER = 5001;
    static final int ADJUST_SHARE = 5002;
    static final int RENEW_LEASE = 5003;
    static final int DROP_SHARES = 5004;

    private QuotaTypes() {}

    static void register(SerializationConfig config) {
        register(config, SessionCounter.class, new SessionCounterSerializer());
        register(config, AdjustShare.class, new AdjustShare.Serializer());
        register(config, RenewLease.class, new RenewLease.Serializer());
        register(config, DropShares.class, new DropShares.Serializer());
    }

    private static void register(SerializationConfig config, Class<?> type, Serializer serializer) {
        config.addSerializerConfig(new SerializerConfig().setTypeClass(type).setImplementation(serializer));
    }
}
