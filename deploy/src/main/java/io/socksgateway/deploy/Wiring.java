package io.socksgateway.deploy;

import io.socksgateway.auth.AuthVerticle;
import io.socksgateway.auth.BackoffServices;
import io.socksgateway.auth.ClaimBounds;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.bus.RelayClient;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.EpollConnector;
import io.socksgateway.core.net.NettyConnector;
import io.socksgateway.core.net.dns.LookupShares;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.relay.BindAddresses;
import io.socksgateway.core.relay.RelayServices;
import io.socksgateway.core.relay.tunnel.DataPath;
import io.socksgateway.core.session.SessionIds;
import io.socksgateway.core.session.SessionLog;
import io.socksgateway.core.tcp.HandshakeServices;
import io.socksgateway.core.tcp.ServerTls;
import io.socksgateway.deploy.metrics.Monitoring;
import io.socksgateway.udp.UdpServices;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;

/**
 * What of a gateway stays while configurations come and go; and makes what the verticles work with, for each of them.
 *
 * <p>Immutable; what it leads to is thread-safe.
 *
 * @param log where sessions are reported
 * @param path how tunnels move octets
 * @param lookups of all name servers, those of before a reload included
 */
record Wiring(
        Vertx vertx,
        GatewayBus bus,
        Monitoring monitoring,
        SessionLog log,
        DataPath path,
        LookupShares lookups,
        CurrentNames names,
        Gateway.Parts parts,
        BackoffServices backoff,
        SessionIds ids) {

    QuotaClient quotas(GatewayConfig config) {
        return new QuotaClient(bus, config.timeouts().auth());
    }

    RelayServices relay(GatewayConfig config) {
        BindAddresses binds = new BindAddresses(
                config.egress().bind(),
                config.udp().advertise(),
                ((VertxInternal) vertx).transport().serverChannelFactory(false));
        return new RelayServices(
                parts.rules(),
                quotas(config),
                log,
                config.timeouts(),
                names,
                monitoring.connector(connector(config)),
                binds,
                path,
                parts.live());
    }

    private Connector connector(GatewayConfig config) {
        EgressAddresses egress = EgressAddresses.of(config.egress().bind());
        return vertx.isNativeTransportEnabled()
                ? new EpollConnector(egress)
                : new NettyConnector(((VertxInternal) vertx).transport().channelFactory(false), egress);
    }

    /** To be made once; another configuration's are derived from it. */
    UdpServices udp(GatewayConfig config) {
        return UdpServices.of(
                parts.rules(),
                quotas(config),
                log,
                config.udp(),
                config.egress(),
                names,
                parts.live(),
                parts.drops(),
                vertx.isNativeTransportEnabled());
    }

    HandshakeServices handshake(GatewayConfig config, AuthClient auth, Map<String, ServerTls> tls) {
        return new HandshakeServices(
                auth,
                quotas(config),
                !config.quotas().isEmpty(),
                new RelayClient(bus),
                parts.rules(),
                parts.listeners(),
                tls,
                ids,
                log,
                monitoring.events(),
                config.timeouts());
    }

    /** Asks the authenticators of a generation. */
    AuthClient auth(GatewayConfig config, int generation) {
        return new AuthClient(bus.generation(generation), config.timeouts().auth());
    }

    /** The authenticators of a generation. */
    AuthVerticle authenticators(GatewayConfig config, int generation) {
        return new AuthVerticle(
                bus.generation(generation),
                config.auth(),
                config.timeouts().auth(),
                claims(config),
                PluginFolder.ofDistribution(),
                backoff);
    }

    /** What authenticators may choose for a client. */
    static ClaimBounds claims(GatewayConfig config) {
        return ClaimBounds.of(
                config.quotas().stream().map(QuotaRule::name).toList(),
                config.egress().choices());
    }
}
