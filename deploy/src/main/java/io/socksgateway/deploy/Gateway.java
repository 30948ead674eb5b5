package io.socksgateway.deploy;

import io.socksgateway.auth.AuthVerticle;
import io.socksgateway.auth.BackoffServices;
import io.socksgateway.auth.ClaimBounds;
import io.socksgateway.cluster.QuotaVerticle;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.bus.RelayClient;
import io.socksgateway.core.config.DnsConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.EpollConnector;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.net.NettyConnector;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.relay.BindAddresses;
import io.socksgateway.core.relay.LiveSessionsVerticle;
import io.socksgateway.core.relay.RelayServices;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.relay.tunnel.DataPath;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.session.SessionIds;
import io.socksgateway.core.session.SessionLog;
import io.socksgateway.core.tcp.Capacity;
import io.socksgateway.core.tcp.CapacityLimits;
import io.socksgateway.core.tcp.HandshakeServices;
import io.socksgateway.core.tcp.Listening;
import io.socksgateway.core.tcp.OwnListeners;
import io.socksgateway.core.tcp.ServerTls;
import io.socksgateway.core.tcp.TcpHandshakeVerticle;
import io.socksgateway.core.tcp.TlsFilesVerticle;
import io.socksgateway.deploy.metrics.Monitoring;
import io.socksgateway.udp.DropCounters;
import io.socksgateway.udp.UdpAssociationVerticle;
import io.socksgateway.udp.UdpServices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: its verticles on a Vert.x, in the order in which they need each other.
 *
 * <p>Thread-safe.
 */
final class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** For the sockets to close once their sessions have ended, in milliseconds. */
    private static final long CLOSING = 5_000;

    private final Node node;
    private final GatewayConfig config;
    private final Parts parts;
    private final PerLoop<RelayVerticle> relays;
    private final PerLoop<UdpAssociationVerticle> associations;
    private final PerLoop<TcpHandshakeVerticle> handshakes;

    /** What the verticles share and others may look at. */
    record Parts(
            CapacityLimits limits,
            Capacity capacity,
            OwnListeners listeners,
            LiveSessions live,
            DropCounters drops,
            CurrentRules rules,
            NameLookup names,
            ClusterBus cluster,
            LoginCounts logins) {}

    private Gateway(
            Node node,
            GatewayConfig config,
            Parts parts,
            PerLoop<RelayVerticle> relays,
            PerLoop<UdpAssociationVerticle> associations,
            PerLoop<TcpHandshakeVerticle> handshakes) {
        this.node = node;
        this.config = config;
        this.parts = parts;
        this.relays = relays;
        this.associations = associations;
        this.handshakes = handshakes;
    }

    /**
     * Starts a gateway; when the future succeeds it serves.
     *
     * @return fails if a listener cannot be bound, targets cannot be dialled from {@code egress.bind}, or a source of users
     *     is wrong; what has started goes with the node
     */
    static Future<Gateway> start(Node node, GatewayConfig config, SessionLog log, Monitoring monitoring) {
        Optional<String> problem = EgressAddresses.problem(config.egress().choices());
        if (problem.isPresent()) {
            return Future.failedFuture("egress: " + problem.get());
        }
        DnsConfig dns = config.dns();
        return DnsNames.open(node.vertx(), dns.servers(), dns.family(), dns.maxEntries())
                .compose(names -> node.vertx()
                        .executeBlocking(() -> ServerTls.of(config.listeners()))
                        .compose(tls -> start(node, config, log, monitoring.names(names), tls, monitoring)));
    }

    private static EgressAddresses egress(GatewayConfig config) {
        return EgressAddresses.of(config.egress().bind());
    }

    private static Future<Gateway> start(
            Node node,
            GatewayConfig config,
            SessionLog accessLog,
            NameLookup names,
            Map<String, ServerTls> tls,
            Monitoring monitoring) {
        SessionLog log = monitoring.log(accessLog);
        Vertx vertx = node.vertx();
        GatewayBus bus = GatewayBus.install(vertx);
        OwnListeners listeners = new OwnListeners();
        CurrentRules rules = new CurrentRules(new RuleSet(config.rules(), listeners));
        CapacityLimits limits = CapacityLimits.of(config.node().maxSessions(), DescriptorLimit.value());
        QuotaClient quotas = new QuotaClient(bus, config.timeouts().auth());
        Connector connector = monitoring.connector(connector(vertx, config));
        BindAddresses binds = new BindAddresses(
                config.egress().bind(),
                config.udp().advertise(),
                ((VertxInternal) vertx).transport().serverChannelFactory(false));
        DataPath path = DataPath.choose(vertx.isNativeTransportEnabled()).withPipes(limits.pipes() / Transport.LOOPS);
        LOG.info("tunnels move octets by {}", path);
        LiveSessions live = new LiveSessions(monitoring.events());
        RelayServices relay =
                new RelayServices(rules, quotas, log, config.timeouts(), names, connector, binds, path, live);
        UdpServices udp = UdpServices.of(
                rules, quotas, log, config.udp(), config.egress(), names, live, vertx.isNativeTransportEnabled());
        AuthClient auth = new AuthClient(bus, config.timeouts().auth());
        ClusterBus cluster = ClusterBus.of(vertx, config.node().name());
        HandshakeServices handshake = new HandshakeServices(
                auth,
                quotas,
                !config.quotas().isEmpty(),
                new RelayClient(bus),
                rules,
                listeners,
                tls,
                new SessionIds(),
                log,
                monitoring.events(),
                config.timeouts());
        BackoffServices backoff = new BackoffServices(cluster, node.failures(), new LoginCounts());
        int loops = Transport.LOOPS;
        PerLoop<RelayVerticle> relays = new PerLoop<>(vertx, loops, () -> new RelayVerticle(bus, relay));
        PerLoop<UdpAssociationVerticle> associations =
                new PerLoop<>(vertx, loops, () -> new UdpAssociationVerticle(bus, udp));
        Capacity capacity = new Capacity(limits);
        Listening listening = new Listening(config.listeners(), listeners, capacity);
        Parts parts =
                new Parts(limits, capacity, listeners, live, udp.drops(), rules, names, cluster, backoff.counts());
        PerLoop<TcpHandshakeVerticle> handshakes =
                new PerLoop<>(vertx, loops, () -> new TcpHandshakeVerticle(listening, handshake));
        return vertx.deployVerticle(new QuotaVerticle(bus, config.quotas(), node.quotas()))
                .compose(id -> vertx.deployVerticle(authentication(bus, config, backoff)))
                .compose(id -> vertx.deployVerticle(new LiveSessionsVerticle(
                        bus, cluster, auth, live, config.auth().recheck())))
                .compose(id -> relays.deploy())
                .compose(done -> associations.deploy())
                .compose(done -> vertx.deployVerticle(new TlsFilesVerticle(tls)))
                .compose(id -> handshakes.deploy())
                .map(done -> new Gateway(node, config, parts, relays, associations, handshakes));
    }

    private static Connector connector(Vertx vertx, GatewayConfig config) {
        return vertx.isNativeTransportEnabled()
                ? new EpollConnector(egress(config))
                : new NettyConnector(((VertxInternal) vertx).transport().channelFactory(false), egress(config));
    }

    private static AuthVerticle authentication(GatewayBus bus, GatewayConfig config, BackoffServices backoff) {
        List<String> quotas = config.quotas().stream().map(QuotaRule::name).toList();
        ClaimBounds bounds = ClaimBounds.of(quotas, config.egress().choices());
        return new AuthVerticle(
                bus, config.auth(), config.timeouts().auth(), bounds, PluginFolder.ofDistribution(), backoff);
    }

    /** How much this node takes on. */
    CapacityLimits limits() {
        return parts.limits();
    }

    Parts parts() {
        return parts;
    }

    /** The relays, one for each event loop. */
    List<RelayVerticle> relays() {
        return relays.verticles();
    }

    /** Where the listeners are, by name, with their real ports. */
    Map<String, InetSocketAddress> listeners() {
        return parts.listeners().bound();
    }

    /**
     * Accepts nothing more, gives the open sessions {@code timeouts.drain} to end, and ends the others.
     */
    Future<Void> drain() {
        long limit = config.timeouts().drain();
        List<Future<Void>> closing = handshakes.verticles().stream()
                .map(verticle -> verticle.drain(limit + CLOSING))
                .toList();
        Future<Void> idle = Future.join(closing).mapEmpty();
        return Future.any(idle, timer(limit))
                .transform(done -> relays.undeploy())
                .transform(done -> associations.undeploy())
                .transform(done -> idle);
    }

    private Future<@Nullable Void> timer(long millis) {
        if (millis == 0) {
            return Future.succeededFuture();
        }
        LOG.info("draining: open sessions have {} s to end", TimeUnit.MILLISECONDS.toSeconds(millis));
        return node.vertx().timer(millis).mapEmpty();
    }
}
