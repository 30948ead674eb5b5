package io.socksgateway.deploy;

import io.socksgateway.auth.AuthVerticle;
import io.socksgateway.auth.BackoffServices;
import io.socksgateway.cluster.QuotaVerticle;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.QuotaUse;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.DnsConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.net.dns.LookupShares;
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
import io.socksgateway.core.tcp.Listening;
import io.socksgateway.core.tcp.OwnListeners;
import io.socksgateway.core.tcp.ServerTls;
import io.socksgateway.core.tcp.TcpHandshakeVerticle;
import io.socksgateway.core.tcp.TlsFilesVerticle;
import io.socksgateway.deploy.metrics.Monitoring;
import io.socksgateway.udp.DropCounters;
import io.socksgateway.udp.UdpAssociationVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.HashMap;
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

    /** From not being ready to accepting nobody, in milliseconds. */
    private static final long GRACE = 5_000;

    /** From one line in the log about the sessions that are left to the next, in milliseconds. */
    private static final long PROGRESS = 10_000;

    private final Node node;
    private final Wiring wiring;
    private final Reconfiguration.Verticles verticles;
    private final PerLoop<TcpHandshakeVerticle> handshakes;
    private volatile InForce now;
    private volatile boolean draining;
    private Future<?> applying = Future.succeededFuture();

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
            Wiring wiring,
            Reconfiguration.Verticles verticles,
            PerLoop<TcpHandshakeVerticle> handshakes,
            InForce first) {
        this.node = node;
        this.wiring = wiring;
        this.verticles = verticles;
        this.handshakes = handshakes;
        this.now = first;
    }

    /**
     * Starts a gateway; when the future succeeds it serves.
     *
     * @return fails if a listener cannot be bound, targets cannot be dialled from {@code egress.bind}, or a source of users
     *     is wrong; what has started goes with the node
     */
    static Future<Gateway> start(Node node, LoadedConfig.Valid loaded, SessionLog log, Monitoring monitoring) {
        GatewayConfig config = loaded.config();
        Optional<String> problem = EgressAddresses.problem(config.egress().choices());
        if (problem.isPresent()) {
            return Future.failedFuture("egress: " + problem.get());
        }
        DnsConfig dns = config.dns();
        CapacityLimits limits = CapacityLimits.of(config.node().maxSessions(), DescriptorLimit.value());
        LookupShares lookups = new LookupShares(limits.lookups());
        return DnsNames.open(node.vertx(), dns.servers(), dns.family(), dns.maxEntries(), lookups)
                .compose(names -> node.vertx()
                        .executeBlocking(() -> ServerTls.of(config.listeners()))
                        .compose(tls -> {
                            Wiring wiring = wiring(node, config, limits, lookups, names, log, monitoring);
                            AuthClient auth = wiring.auth(config, 0);
                            return start(
                                    node,
                                    wiring,
                                    new InForce(
                                            loaded,
                                            names,
                                            tls,
                                            wiring.udp(config),
                                            new InForce.Authentication(0, "", wiring.authenticators(config, 0), auth)));
                        }));
    }

    private static Wiring wiring(
            Node node,
            GatewayConfig config,
            CapacityLimits limits,
            LookupShares lookups,
            DnsNames dns,
            SessionLog accessLog,
            Monitoring monitoring) {
        Vertx vertx = node.vertx();
        OwnListeners listeners = new OwnListeners();
        DataPath path = DataPath.choose(vertx.isNativeTransportEnabled()).withPipes(limits.pipes() / Transport.LOOPS);
        LOG.info("tunnels move octets by {}", path);
        CurrentNames names = new CurrentNames(monitoring.names(dns));
        ClusterBus cluster = ClusterBus.of(vertx, config.node().name());
        BackoffServices backoff = new BackoffServices(cluster, node.failures(), new LoginCounts());
        Parts parts = new Parts(
                limits,
                new Capacity(limits),
                listeners,
                new LiveSessions(monitoring.events()),
                new DropCounters(),
                new CurrentRules(new RuleSet(config.rules(), listeners)),
                names,
                cluster,
                backoff.counts());
        return new Wiring(
                vertx,
                GatewayBus.install(vertx),
                monitoring,
                monitoring.log(accessLog),
                path,
                lookups,
                names,
                parts,
                backoff,
                new SessionIds());
    }

    private static Future<Gateway> start(Node node, Wiring wiring, InForce first) {
        Vertx vertx = wiring.vertx();
        GatewayBus bus = wiring.bus();
        Parts parts = wiring.parts();
        GatewayConfig config = first.config();
        AuthClient auth = first.authentication().client();
        AuthVerticle authenticators = first.authentication().verticle();
        RelayServices relay = wiring.relay(config);
        int loops = Transport.LOOPS;
        Listening listening =
                new Listening(config.listeners(), wiring.handshake(config, auth, first.tls()), parts.capacity());
        PerLoop<TcpHandshakeVerticle> handshakes =
                new PerLoop<>(vertx, loops, () -> new TcpHandshakeVerticle(listening));
        Reconfiguration.Verticles verticles = new Reconfiguration.Verticles(
                new PerLoop<>(vertx, loops, () -> new RelayVerticle(bus, relay)),
                new PerLoop<>(vertx, loops, () -> new UdpAssociationVerticle(bus, first.udp())),
                listening,
                new QuotaVerticle(bus, config.quotas(), node.own(), node.quotas(), parts.cluster(), node.uses()),
                new LiveSessionsVerticle(
                        bus, parts.cluster(), auth, parts.live(), config.auth().recheck()),
                new TlsFilesVerticle(first.tls()));
        return vertx.deployVerticle(verticles.quotas())
                .compose(id -> vertx.deployVerticle(authenticators))
                .compose(authentication -> vertx.deployVerticle(verticles.sessions())
                        .compose(id -> verticles.relays().deploy())
                        .compose(done -> verticles.associations().deploy())
                        .compose(done -> vertx.deployVerticle(verticles.tlsFiles()))
                        .compose(id -> handshakes.deploy())
                        .map(done -> new Gateway(
                                node,
                                wiring,
                                verticles,
                                handshakes,
                                new InForce(
                                        first.loaded(),
                                        first.names(),
                                        first.tls(),
                                        first.udp(),
                                        new InForce.Authentication(0, authentication, authenticators, auth)))));
    }

    /**
     * Puts another configuration in force, as a whole or not at all; one at a time.
     *
     * @return fails with what is wrong, and nothing has changed then
     */
    synchronized Future<Reconfiguration.Outcome> apply(LoadedConfig.Valid loaded) {
        if (draining) {
            return Future.failedFuture("the gateway is about to stop");
        } else if (!applying.isComplete()) {
            return Future.failedFuture("the reload before this one is still under way");
        }
        Future<Reconfiguration.Outcome> change = new Reconfiguration(wiring, verticles, node.usage(), now, loaded)
                .apply()
                .onSuccess(done -> now = done.now());
        applying = change;
        return change;
    }

    /** The configuration that is in force. */
    GatewayConfig config() {
        return now.config();
    }

    /** The document that it was read from. */
    JsonObject source() {
        return now.loaded().source();
    }

    /** How much this node takes on. */
    CapacityLimits limits() {
        return wiring.parts().limits();
    }

    Parts parts() {
        return wiring.parts();
    }

    /** What the listeners with TLS show now, by name. */
    Map<String, TlsConfig> certificates() {
        Map<String, TlsConfig> shown = new HashMap<>();
        now.tls().forEach((listener, tls) -> shown.put(listener, tls.config()));
        return shown;
    }

    /** How many nodes have to be in sight; 1 on a single node. */
    int minimumMembers() {
        ClusterConfig cluster = config().cluster();
        return cluster == null ? 1 : cluster.minimumMembers();
    }

    /** How many nodes there are when nothing is wrong; 1 on a single node. */
    int clusterNodes() {
        ClusterConfig cluster = config().cluster();
        return cluster == null ? 1 : cluster.nodes();
    }

    /** The subjects that use most of each quota. */
    Future<List<QuotaUse>> fullest(int most) {
        return verticles.quotas().fullest(most);
    }

    /** The relays, one for each event loop. */
    List<RelayVerticle> relays() {
        return verticles.relays().verticles();
    }

    /** Where the listeners are, by name, with their real ports. */
    Map<String, InetSocketAddress> listeners() {
        return wiring.parts().listeners().bound();
    }

    /**
     * Accepts nothing more after {@link #grace}, gives the open sessions {@code timeouts.drain} to end, and ends the others.
     */
    Future<Void> drain() {
        draining = true;
        long grace = grace();
        if (grace == 0) {
            return stopAccepting();
        }
        LOG.info("not ready any more; balancers have {} s to notice", TimeUnit.MILLISECONDS.toSeconds(grace));
        return node.vertx().timer(grace).compose(over -> stopAccepting());
    }

    /** Milliseconds for balancers to notice that the node is not ready; none if nobody can ask, or is to be waited for. */
    long grace() {
        return config().admin() == null || config().timeouts().drain() == 0 ? 0 : GRACE;
    }

    private Future<Void> stopAccepting() {
        long limit = config().timeouts().drain();
        List<Future<Void>> closing = handshakes.verticles().stream()
                .map(verticle -> verticle.drain(limit + CLOSING))
                .toList();
        Future<Void> idle = Future.join(closing).mapEmpty();
        long progress = node.vertx().setPeriodic(PROGRESS, tick -> tellLeft("draining: {} session(s) left"));
        return Future.any(idle, timer(limit))
                .onComplete(done -> {
                    node.vertx().cancelTimer(progress);
                    tellLeft("draining: the time is up for {} session(s)");
                })
                .transform(done -> verticles.relays().undeploy())
                .transform(done -> verticles.associations().undeploy())
                .transform(done -> idle);
    }

    private void tellLeft(String line) {
        long left = wiring.parts().capacity().sessions();
        if (left > 0) {
            LOG.info(line, left);
        }
    }

    private Future<@Nullable Void> timer(long millis) {
        if (millis == 0) {
            return Future.succeededFuture();
        }
        LOG.info("draining: open sessions have {} s to end", TimeUnit.MILLISECONDS.toSeconds(millis));
        return node.vertx().timer(millis).mapEmpty();
    }
}
