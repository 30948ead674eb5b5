package io.socksgateway.cluster;

import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRelease;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.bus.QuotaUse;
import io.socksgateway.core.bus.QuotaUseClient;
import io.socksgateway.core.net.OnContext;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.Meters;
import io.socksgateway.core.store.QuotaStore;
import io.socksgateway.core.store.QuotaUses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Grants sessions under the quotas and takes them back: answers {@link BusAddresses#ACQUIRE} and hears {@link
 * BusAddresses#RELEASE}. Deployed once on each node.
 *
 * <p>Confined to its event loop.
 */
public final class QuotaVerticle extends VerticleBase {

    /** Milliseconds to give back what is reserved; it is lost to its users if that takes longer. */
    private static final long SETTLING = 3_000;

    private final GatewayBus bus;
    private volatile List<QuotaRule> rules;
    private final LocalQuotaStore nodeStore;
    private final QuotaStore clusterStore;
    private final @Nullable ClusterBus cluster;
    private final @Nullable QuotaUses clusterUses;
    private @Nullable Meters meters;
    private @Nullable SessionLedger ledger;
    private volatile @Nullable QuotaUseDesk desk;
    private boolean looks;

    /**
     * @param clusterStore counts of the quotas of the cluster: a {@link HazelcastQuotaStore}, or on a single node a {@link
     *     LocalQuotaStore}; closed with the verticle
     */
    public QuotaVerticle(GatewayBus bus, List<QuotaRule> rules, QuotaStore clusterStore) {
        this(bus, rules, new LocalQuotaStore(), clusterStore, null, null);
    }

    /**
     * One that also tells operators how much is used.
     *
     * @param nodeStore counts of the quotas of the node; on a single node it may be {@code clusterStore} too
     * @param cluster where they ask
     * @param clusterUses looks into the counters of {@code clusterStore}
     */
    public QuotaVerticle(
            GatewayBus bus,
            List<QuotaRule> rules,
            LocalQuotaStore nodeStore,
            QuotaStore clusterStore,
            @Nullable ClusterBus cluster,
            @Nullable QuotaUses clusterUses) {
        this.bus = bus;
        this.cluster = cluster;
        this.clusterUses = clusterUses;
        this.rules = List.copyOf(rules);
        this.nodeStore = nodeStore;
        this.clusterStore = clusterStore;
    }

    @Override
    public Future<?> start() {
        SparseLog log = new SparseLog(LoggerFactory.getLogger(QuotaVerticle.class), System::nanoTime);
        EventLoop loop = EventLoop.of(context);
        Meters octets = new Meters(
                loop, (counter, cause) -> log.warn("octets of counter " + counter + " cannot be reserved", cause));
        meters = octets;
        SessionLedger sessions = new SessionLedger(rules, nodeStore, clusterStore, octets, loop, log);
        ledger = sessions;
        look(octets);
        return Future.all(
                bus.<QuotaRequest, QuotaOutcome>answer(BusAddresses.ACQUIRE, sessions::acquire)
                        .completion(),
                bus.<QuotaRelease>hear(BusAddresses.RELEASE, release -> sessions.release(release.session()))
                        .completion(),
                tellUse());
    }

    private void look(Meters octets) {
        if (!looks && rules.stream().anyMatch(rule -> rule.traffic() != null || rule.bandwidth() != null)) {
            looks = true;
            vertx.setPeriodic(Meters.PERIOD, id -> octets.look());
        }
    }

    /** Counts the sessions that come from now on under other rules; see {@link SessionLedger#use}. */
    public Future<Void> use(List<QuotaRule> others) {
        return OnContext.run(context, () -> {
            rules = List.copyOf(others);
            if (ledger != null && meters != null) {
                ledger.use(rules);
                look(meters);
            }
        });
    }

    private Future<?> tellUse() {
        if (cluster == null || clusterUses == null) {
            return Future.succeededFuture();
        }
        QuotaUseDesk uses = new QuotaUseDesk(cluster.name(), () -> rules, nodeStore, clusterUses, clusterStore::now);
        desk = uses;
        return QuotaUseClient.answer(cluster, uses::list, uses::forgive);
    }

    /**
     * The subjects that use most of each quota: so many by their sessions, and so many by their traffic. It looks at all, so it is
     * not for every second. Thread-safe.
     */
    public Future<List<QuotaUse>> fullest(int most) {
        QuotaUseDesk uses = desk;
        return uses == null ? Future.succeededFuture(List.of()) : uses.fullest(most);
    }

    /** Gives back everything, in the cluster too. */
    @Override
    public Future<?> stop() {
        Future<?> settled =
                meters == null ? Future.succeededFuture() : Future.any(meters.close(), vertx.timer(SETTLING));
        return settled.eventually(() -> Future.join(nodeStore.close(), clusterStore.close()));
    }
}
