package io.socksgateway.deploy;

import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.TlsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration has that another one has not, by section.
 *
 * <p>Immutable.
 *
 * @param changed the sections that a running gateway can take over
 * @param fixed the sections that only a restart can change
 */
record ConfigDifference(List<String> changed, List<String> fixed) {

    static final String LISTENERS = "listeners";

    /** Those that open sessions do not feel. */
    static final Set<String> FOR_NEW_SESSIONS = Set.of("dns", "egress", "timeouts", "udp");

    ConfigDifference {
        changed = List.copyOf(changed);
        fixed = List.copyOf(fixed);
    }

    static ConfigDifference between(GatewayConfig before, GatewayConfig after) {
        Comparison pair = new Comparison(before, after);
        List<String> changed = new ArrayList<>();
        pair.compare(LISTENERS, GatewayConfig::listeners, changed);
        pair.compare("auth", GatewayConfig::auth, changed);
        pair.compare("rules", GatewayConfig::rules, changed);
        pair.compare("quotas", GatewayConfig::quotas, changed);
        pair.compare("dns", GatewayConfig::dns, changed);
        pair.compare("egress", GatewayConfig::egress, changed);
        pair.compare("timeouts", GatewayConfig::timeouts, changed);
        pair.compare("udp", GatewayConfig::udp, changed);
        pair.compare("log.level", config -> config.log().level(), changed);
        pair.compare("node.watch", config -> config.node().watch(), changed);
        pair.compare("admin.token", config -> token(config.admin()), changed);
        List<String> fixed = new ArrayList<>();
        pair.compare("node.name", config -> config.node().name(), fixed);
        pair.compare("node.maxSessions", config -> config.node().maxSessions(), fixed);
        pair.compare("node.data", config -> config.node().data(), fixed);
        pair.compare("cluster", GatewayConfig::cluster, fixed);
        pair.compare("admin", config -> withoutContents(config.admin()), fixed);
        pair.compare("log.access", config -> config.log().accessPath(), fixed);
        return new ConfigDifference(changed, fixed);
    }

    /** What its certificate's files hold is looked at all the time, and one token may take the place of another. */
    private static @Nullable Object withoutContents(@Nullable AdminConfig admin) {
        if (admin == null) {
            return null;
        }
        TlsConfig tls = admin.tls();
        return List.of(
                new AdminConfig(admin.host(), admin.port(), null, null, admin.topUsers()),
                admin.token() != null,
                tls == null || tls.files() == null ? "" : tls.files());
    }

    /** Of an endpoint that has none, none. */
    private static @Nullable Secret token(@Nullable AdminConfig admin) {
        return admin == null ? null : admin.token();
    }

    private record Comparison(GatewayConfig before, GatewayConfig after) {
        void compare(String name, Function<GatewayConfig, ?> section, List<String> different) {
            if (!Objects.equals(section.apply(before), section.apply(after))) {
                different.add(name);
            }
        }
    }
}
