package io.socksgateway.core.config;

import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.rules.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, valid by construction: {@link ConfigReader} makes it or says everything that is wrong.
 *
 * <p>Immutable.
 *
 * @param cluster null on a single node
 * @param admin null for no admin endpoint
 */
public record GatewayConfig(
        NodeConfig node,
        List<ListenerConfig> listeners,
        AuthConfig auth,
        List<Rule> rules,
        List<QuotaRule> quotas,
        DnsConfig dns,
        EgressConfig egress,
        TimeoutsConfig timeouts,
        UdpConfig udp,
        @Nullable ClusterConfig cluster,
        LogConfig log,
        @Nullable AdminConfig admin) {

    public GatewayConfig {
        listeners = List.copyOf(listeners);
        rules = List.copyOf(rules);
        quotas = List.copyOf(quotas);
    }
}
