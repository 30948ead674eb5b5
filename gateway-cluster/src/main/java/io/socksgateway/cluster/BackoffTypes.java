package io.socksgateway.cluster;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.serialization.Serializer;
import io.socksgateway.core.quota.LoginFailures;

/** The numbers of the types for failed logins between nodes; see {@link QuotaTypes}. */
final class BackoffTypes {

    static final int LOGIN_FAILURES = 5101;
    static final int COUNT_FAILURE = 5102;
    static final int FORGIVE_FAILURES = 5103;

    private BackoffTypes() {}

    static void register(SerializationConfig config) {
        register(config, LoginFailures.class, new LoginFailuresSerializer());
        register(config, CountFailure.class, new CountFailure.Serializer());
        register(config, ForgiveFailures.class, new ForgiveFailures.Serializer());
    }

    private static void register(SerializationConfig config, Class<?> type, Serializer serializer) {
        config.addSerializerConfig(new SerializerConfig().setTypeClass(type).setImplementation(serializer));
    }
}
