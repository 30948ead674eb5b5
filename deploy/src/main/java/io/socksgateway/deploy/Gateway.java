package io.socksgateway.deploy;

import io.socksgateway.auth.AuthVerticle;
import io.socksgateway.cluster.ClusterNode;
import io.socksgateway.cluster.HazelcastQuotaStore;
import io.socksgateway.cluster.QuotaVerticle;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.bus.RelayClient;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.DnsConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.EpollConnector;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.net.NettyConnector;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.relay.RelayServices;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.SessionIds;
import io.socksgateway.core.session.SessionLog;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.QuotaStore;
import io.socksgateway.core.tcp.HandshakeServices;
import io.socksgateway.core.tcp.OwnListeners;
import io.socksgateway.core.tcp.TcpHandshakeVerticle;
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

    private final Vertx vertx;
    private final GatewayConfig config;
    private final OwnListeners listeners;
    private final PerLoop<RelayVerticle> relays;
    private final PerLoop<TcpHandshakeVerticle> handshakes;

    private Gateway(
            Vertx vertx,
            GatewayConfig config,
            OwnListeners listeners,
            PerLoop<RelayVerticle> relays,
            PerLoop<TcpHandshakeVerticle> handshakes) {
        this.vertx = vertx;
        this.config = config;
        this.listeners = listeners;
        this.relays = relays;
        this.handshakes = handshakes;
    }

    /**
     * Starts a gateway; when the future succeeds it serves.
     *
     * @param plain used on a single node; closed if the node joins a cluster, which makes a Vert.x of its own
     * @return fails if an address cannot be bound or targets cannot be dialled from it, the cluster cannot be joined, or a source of users is wrong
     */
    static Future<Gateway> start(Vertx plain, GatewayConfig config, SessionLog log) {
        Optional<String> problem = egress(config).problem();
        if (problem.isPresent()) {
            return Future.failedFuture("egress.bind: " + problem.get());
        }
        ClusterConfig cluster = config.cluster();
        if (cluster == null) {
            return start(plain, config, log, new LocalQuotaStore());
        }
        return plain.close()
                .compose(v -> ClusterNode.start(cluster, Transport.options()))
                .compose(node -> {
                    QuotaStore store =
                            HazelcastQuotaStore.open(node.vertx(), node.hazelcast(), cluster.minimumMembers());
                    return start(node.vertx(), config, log, store)
                            .recover(cause -> node.close().transform(closed -> Future.failedFuture(cause)));
                });
    }

    private static EgressAddresses egress(GatewayConfig config) {
        return EgressAddresses.of(config.egress().bind());
    }

    private static Future<Gateway> start(Vertx vertx, GatewayConfig config, SessionLog log, QuotaStore store) {
        DnsConfig dns = config.dns();
        return DnsNames.open(vertx, dns.servers(), dns.family(), dns.maxEntries())
                .compose(names -> start(vertx, config, log, store, names));
    }

    private static Future<Gateway> start(
            Vertx vertx, GatewayConfig config, SessionLog log, QuotaStore store, NameLookup names) {
        GatewayBus bus = GatewayBus.install(vertx);
        OwnListeners listeners = new OwnListeners();
        RuleSet rules = new RuleSet(config.rules(), listeners);
        QuotaClient quotas = new QuotaClient(bus, config.timeouts().auth());
        Connector connector = vertx.isNativeTransportEnabled()
                ? new EpollConnector(egress(config))
                : new NettyConnector(((VertxInternal) vertx).transport().channelFactory(false), egress(config));
        RelayServices relay = new RelayServices(rules, quotas, log, config.timeouts(), names, connector);
        HandshakeServices handshake = new HandshakeServices(
                new AuthClient(bus, config.timeouts().auth()),
                quotas,
                !config.quotas().isEmpty(),
                new RelayClient(bus),
                rules,
                listeners,
                new SessionIds(),
                log,
                config.timeouts());
        int loops = Transport.LOOPS;
        PerLoop<RelayVerticle> relays = new PerLoop<>(vertx, loops, () -> new RelayVerticle(bus, relay));
        PerLoop<TcpHandshakeVerticle> handshakes =
                new PerLoop<>(vertx, loops, () -> new TcpHandshakeVerticle(config.listeners(), handshake));
        return vertx.deployVerticle(new QuotaVerticle(bus, config.quotas(), store))
                .compose(id -> vertx.deployVerticle(
                        new AuthVerticle(bus, config.auth(), config.timeouts().auth())))
                .compose(id -> relays.deploy())
                .compose(done -> handshakes.deploy())
                .map(done -> new Gateway(vertx, config, listeners, relays, handshakes));
    }

    /** Where the listeners are, by name, with their real ports. */
    Map<String, InetSocketAddress> listeners() {
        return listeners.bound();
    }

    /**
     * Accepts nothing more, gives the open sessions {@code timeouts.drain} to end, ends the others, and leaves the
     * cluster.
     */
    Future<Void> drain() {
        long limit = config.timeouts().drain();
        List<Future<Void>> closing = handshakes.verticles().stream()
                .map(verticle -> verticle.drain(limit + CLOSING))
                .toList();
        Future<Void> idle = Future.join(closing).mapEmpty();
        return Future.any(idle, timer(limit))
                .transform(done -> relays.undeploy())
                .transform(done -> idle)
                .transform(done -> vertx.close());
    }

    private Future<@Nullable Void> timer(long millis) {
        if (millis == 0) {
            return Future.succeededFuture();
        }
        LOG.info("draining: open sessions have {} s to end", TimeUnit.MILLISECONDS.toSeconds(millis));
        return vertx.timer(millis).mapEmpty();
    }
}
