package io.socksgateway.deploy;

import io.socksgateway.auth.AuthVerticle;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.tcp.ServerTls;
import io.socksgateway.udp.UdpServices;
import java.util.Map;

/**
 * A configuration that a gateway runs by, and what was made for it.
 *
 * <p>Immutable.
 *
 * @param tls of the listeners that have it, by name
 */
record InForce(
        LoadedConfig.Valid loaded,
        DnsNames names,
        Map<String, ServerTls> tls,
        UdpServices udp,
        Authentication authentication) {

    InForce {
        tls = Map.copyOf(tls);
    }

    /**
     * Authenticators that are deployed.
     *
     * @param generation counts them, from 0
     * @param deployment its id
     */
    record Authentication(int generation, String deployment, AuthVerticle verticle, AuthClient client) {}

    GatewayConfig config() {
        return loaded.config();
    }
}
