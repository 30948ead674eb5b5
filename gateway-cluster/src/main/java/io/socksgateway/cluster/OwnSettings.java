package io.socksgateway.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;

/** Settings of Hazelcast's that the gateway has an opinion on, or owns. */
final class OwnSettings {

    static final String LOGGING = "slf4j";

    private OwnSettings() {}

    /** Has also those parts of Hazelcast's log as we do that belong to no member, as readers of files and finders of pods. */
    static void logWhereWeDo() {
        if (System.getProperty(ClusterProperty.LOGGING_TYPE.getName()) == null) {
            System.setProperty(ClusterProperty.LOGGING_TYPE.getName(), LOGGING);
        }
    }

    /** Whether a map of this name is the gateway's, or Vert.x'. */
    static boolean isOwnName(String name) {
        return name.startsWith("socks-gateway.") || name.startsWith("__vertx.");
    }

    /** Sets a property to what suits us, unless the operator's file has set it. */
    static void byDefault(Config config, HazelcastProperty property, Object value) {
        if (config.getProperty(property.getName()) == null) {
            always(config, property, value);
        }
    }

    /** Sets a property whatever the operator's file says. */
    static void always(Config config, HazelcastProperty property, Object value) {
        config.setProperty(property.getName(), value.toString());
    }
}
