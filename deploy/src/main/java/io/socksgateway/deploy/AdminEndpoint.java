package io.socksgateway.deploy;

import io.socksgateway.auth.GroupsOfUsers;
import io.socksgateway.cluster.HazelcastQuotaStore;
import io.socksgateway.cluster.QuotaOperations;
import io.socksgateway.core.bus.BansClient;
import io.socksgateway.core.bus.NodeStatus;
import io.socksgateway.core.bus.NodesClient;
import io.socksgateway.core.bus.QuotaUseClient;
import io.socksgateway.core.bus.SessionsClient;
import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.store.QuotaStore;
import io.socksgateway.deploy.admin.AdminServices;
import io.socksgateway.deploy.admin.AdminVerticle;
import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.deploy.admin.Readiness;
import io.socksgateway.deploy.explain.Explainer;
import io.socksgateway.deploy.metrics.NodeFigures;
import io.socksgateway.deploy.metrics.PrometheusMonitoring;
import io.socksgateway.deploy.metrics.ReloadCounts;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the admin endpoint of a gateway together. Loaded only where one is configured. */
final class AdminEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(AdminEndpoint.class);

    /** Milliseconds until a node is silent. */
    private static final long PATIENCE = 2_000;

    /** What stands for the endpoint among the listeners. */
    private static final String ADMIN = "(admin)";

    private AdminEndpoint() {}

    /**
     * Starts it for a gateway that has started.
     *
     * @return the port that it is on
     */
    static Future<Integer> start(
            Node node,
            Gateway gateway,
            AdminConfig admin,
            AccessLog log,
            PrometheusMonitoring monitoring,
            Readiness readiness,
            Reloads reloads,
            Operations operations,
            Supplier<NodeStatus> self) {
        Gateway.Parts parts = gateway.parts();
        BansClient bans = new BansClient(parts.cluster(), PATIENCE);
        AdminServices services = new AdminServices(
                readiness,
                operations,
                self,
                new NodesClient(parts.cluster(), PATIENCE),
                new SessionsClient(parts.cluster(), PATIENCE),
                bans,
                new QuotaUseClient(parts.cluster(), PATIENCE),
                () -> gateway.config().quotas().stream().map(QuotaRule::name).toList(),
                new Explainer(
                        node.vertx(),
                        parts.rules()::now,
                        gateway::config,
                        gateway::source,
                        parts.names(),
                        user -> GroupsOfUsers.read(gateway.config().auth()).of(user),
                        bans::of),
                monitoring::scrape,
                monitoring::stuckLoops,
                gateway::source);
        AdminVerticle verticle = new AdminVerticle(admin, services);
        monitoring.watch(figures(node, gateway, log, readiness, reloads.counts(), verticle));
        reloads.whenApplied(config -> use(verticle, config.admin()));
        return node.vertx()
                .deployVerticle(verticle)
                .onSuccess(id -> LOG.info(
                        "admin on {}://{}",
                        admin.tls() == null ? "http" : "https",
                        new HostPort(admin.host(), verticle.port())))
                .map(id -> verticle.port());
    }

    private static void use(AdminVerticle endpoint, @Nullable AdminConfig admin) {
        if (admin != null) {
            endpoint.use(admin.token());
        }
    }

    private static NodeFigures figures(
            Node node,
            Gateway gateway,
            AccessLog log,
            Readiness readiness,
            ReloadCounts reloads,
            AdminVerticle endpoint) {
        Gateway.Parts parts = gateway.parts();
        return new NodeFigures(
                Version.number(),
                () -> gateway.config().listeners().stream()
                        .map(ListenerConfig::name)
                        .toList(),
                gateway.relays().stream().map(RelayVerticle::loop).toList(),
                gateway.relays().stream().map(RelayVerticle::counts).toList(),
                parts.capacity(),
                parts.limits(),
                parts.live(),
                parts.drops(),
                parts.logins(),
                reloads,
                log::lost,
                readiness::isReady,
                node.members(),
                gateway.minimumMembers(),
                gateway.clusterNodes(),
                new NodeFigures.Quotas(() -> gateway.config().quotas(), gateway::fullest),
                () -> certificates(gateway, endpoint),
                endpoint::refused,
                node.usage()::statuses,
                () -> operations(node.quotas()));
    }

    /** Nothing has to be sent where all is counted here. */
    private static Map<String, Long> operations(QuotaStore quotas) {
        if (quotas instanceof HazelcastQuotaStore shared) {
            QuotaOperations sent = shared.operations();
            return Map.of(
                    "start", sent.starts(),
                    "end", sent.ends(),
                    "renewal", sent.renewals(),
                    "traffic", sent.traffic(),
                    "bandwidth", sent.bandwidth());
        }
        return Map.of();
    }

    private static Map<String, TlsConfig> certificates(Gateway gateway, AdminVerticle endpoint) {
        Map<String, TlsConfig> all = new HashMap<>(gateway.certificates());
        TlsConfig own = endpoint.certificate();
        if (own != null) {
            all.put(ADMIN, own);
        }
        return all;
    }
}
