package io.socksgateway.deploy.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.SessionLog;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import io.vertx.micrometer.backends.BackendRegistries;
import io.vertx.micrometer.backends.BackendRegistry;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts for Prometheus. What is counted while sessions are served costs an addition or two for each of them; all else is
 * read when somebody scrapes. Of Vert.x's own metrics only those of pools are on: messages and sockets would be
 * counted one by one.
 *
 * <p>Thread-safe.
 */
public final class PrometheusMonitoring implements Monitoring, AutoCloseable {

    /** Names of Micrometer that Prometheus' conventions do not allow. */
    private static final String CPU_TIME = "process.cpu.time";

    private static final String CPU_COUNT = "system.cpu.count";
    private static final String CPUS = "system.cpus";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String name = "socks-gateway-" + UUID.randomUUID();
    private final Meters meters = new Meters(registry);
    private final SessionMeters sessions;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final int topUsers;
    private final LongSupplier nanos;
    private final MultiGauge users;
    private volatile OpenSessions open = OpenSessions.NONE;
    private volatile @Nullable Watched watched;

    /** What is there once a node has started. */
    private record Watched(NodeMeters node, QuotaMeters quotas, CertificateMeters certificates, StoreMeters stores) {}

    /**
     * @param topUsers of how many users the open sessions are told by name, and of how many subjects of each quota its use
     */
    public PrometheusMonitoring(int topUsers) {
        this(topUsers, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanos a clock in nanoseconds
     */
    public PrometheusMonitoring(int topUsers, LongSupplier nanos) {
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith(Meters.PREFIX + CPU_TIME))
                .meterFilter(prefix());
        this.topUsers = topUsers;
        this.nanos = nanos;
        this.sessions = new SessionMeters(meters);
        this.users = MultiGauge.builder(Meters.PREFIX + "user.sessions.open")
                .description("Open sessions of the users who have most")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        cpuTime();
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** In seconds, as Prometheus wants it. */
    private void cpuTime() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            meters.seconds("process.cpu", "CPU time of the process", () -> system.getProcessCpuTime() / 1e9);
        }
    }

    /** All names begin alike, also those that libraries choose. */
    private static MeterFilter prefix() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String given = id.getName().equals(CPU_COUNT) ? CPUS : id.getName();
                return given.startsWith(Meters.PREFIX)
                        ? id
                        : id.withName(Meters.PREFIX + given.replaceFirst("^vertx\\.", ""));
            }
        };
    }

    @Override
    public VertxOptions vertx(VertxOptions options) {
        EnumSet<MetricsDomain> off = EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS));
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions()
                .setRegistryName(name)
                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true));
        off.forEach(metrics::addDisabledMetricsCategory);
        metrics.setEnabled(true);
        BackendRegistry unused = BackendRegistries.setupBackend(metrics, registry); // under this name Vert.x finds it
        return options.setMetricsOptions(metrics);
    }

    @Override
    public SessionLog log(SessionLog log) {
        return session -> {
            sessions.ended(session);
            log.ended(session);
        };
    }

    @Override
    public SessionEvents events() {
        return sessions;
    }

    @Override
    public NameLookup names(NameLookup names) {
        return new TimedNames(names, meters);
    }

    @Override
    public Connector connector(Connector connector) {
        return new TimedConnector(connector, meters);
    }

    /** Reads the figures of a node that has started from now on. */
    public void watch(NodeFigures figures) {
        NodeMeters node = new NodeMeters(figures, meters, sessions, () -> open, nanos);
        node.start();
        OperationMeters.register(figures.operations(), meters);
        watched = new Watched(
                node,
                new QuotaMeters(figures.quotas(), meters, sessions, topUsers, nanos),
                new CertificateMeters(figures.certificates(), meters),
                new StoreMeters(figures.stores(), meters));
    }

    /** How many event loops have not given a sign of life for 30 seconds. */
    public long stuckLoops() {
        Watched now = watched;
        return now == null ? 0 : now.node().stuckLoops();
    }

    /** All metrics, in Prometheus' text format 0.0.4. Takes a moment: not for event loops. */
    public synchronized String scrape() {
        Watched now = watched;
        if (now != null) {
            open = now.node().count();
            now.quotas().read(open);
            now.certificates().read();
            now.stores().read();
            users.register(
                    open.topUsers(topUsers).stream()
                            .map(user -> MultiGauge.Row.of(Tags.of("user", user.user()), user.sessions()))
                            .toList(),
                    true);
        }
        String told = registry.scrape();
        if (now != null) {
            now.node().forget(open);
            now.quotas().forget(open);
        }
        return told;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
        BackendRegistries.stop(name);
    }
}
