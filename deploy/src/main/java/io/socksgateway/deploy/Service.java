package io.socksgateway.deploy;

import io.socksgateway.auth.PluginException;
import io.socksgateway.cluster.usage.UsageStoreException;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.DefaultConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.deploy.admin.Readiness;
import io.socksgateway.deploy.metrics.Monitoring;
import io.socksgateway.deploy.metrics.PrometheusMonitoring;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway with all that belongs to its process, from the configuration to the access log.
 *
 * <p>Immutable. Its methods block, and are not for threads of Vert.x.
 *
 * @param adminPort where the admin endpoint is; 0 if there is none
 */
record Service(Node node, Gateway gateway, Reloads reloads, AccessLog log, Readiness readiness, int adminPort) {

    private static final Logger LOG = LoggerFactory.getLogger("io.socksgateway");

    /** Joining a cluster takes the longest: its members are asked one by one. */
    private static final long STARTING_SECONDS = 120;

    /** Milliseconds for a node that a slow start has held up to trust itself again, which takes six seconds. */
    private static final long STEADYING = 15_000;

    /** Closing sockets and leaving the cluster, on top of the time for the sessions. */
    private static final long STOPPING_SECONDS = 30;

    /**
     * Starts a gateway and keeps it until a signal ends the process.
     *
     * @param out for whom it runs without a configuration
     */
    static void run(RunArguments arguments, PrintWriter out) throws CommandFailure, InterruptedException {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.end(Service::halt), "shutdown"));
        CompletableFuture<Runnable> reload = new CompletableFuture<>();
        if (arguments.config() != null) {
            HangUp.handle(reload);
        }
        Service service = start(arguments, ending);
        try {
            if (!ending.isAsked()) {
                service.serve(arguments, reload, out);
            }
            new CountDownLatch(1).await(); // a signal ends this
        } catch (Throwable e) {
            ending.failed(); // the shutdown hook has the last word on the exit code
            throw e;
        }
    }

    private void serve(RunArguments arguments, CompletableFuture<Runnable> reload, PrintWriter out) {
        announce();
        if (arguments.config() == null) {
            gateway.listeners().values().stream().findFirst().ifPresent(bound -> explain(bound, out));
        }
        LOG.info("ready");
        boolean unused = reload.complete(this::hangUp);
    }

    private void hangUp() {
        LOG.info("SIGHUP: reading the configuration again");
        Future<Operations.Reload> unused = reloads.reload();
    }

    private static void halt(int exitCode) {
        Logging.close();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Starts a gateway; when this returns it serves. */
    static Service start(RunArguments arguments) throws CommandFailure {
        return start(arguments, new Ending());
    }

    /** The same, unless the process is told to end meanwhile; as far as it has come then, it is stopped. */
    static Service start(RunArguments arguments, Ending ending) throws CommandFailure {
        return start(arguments, ending, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanos that of the metrics, in nanoseconds
     */
    static Service start(RunArguments arguments, Ending ending, LongSupplier nanos) throws CommandFailure {
        try {
            Service service = begin(arguments, ending, nanos);
            ending.started(service);
            return service;
        } catch (CommandFailure e) {
            ending.notStarted(e);
            throw e;
        } catch (Throwable e) { // also errors of classes that anybody has put into a jar
            LOG.error("start failed", e);
            CommandFailure failure = cannotStart(e.toString());
            ending.notStarted(failure);
            throw failure;
        }
    }

    private static Service begin(RunArguments arguments, Ending ending, LongSupplier nanos) throws CommandFailure {
        Vertx vertx = Vertx.vertx(Transport.options());
        ConfigSource source = new ConfigSource(arguments);
        LoadedConfig.Valid loaded;
        AccessLog log;
        try {
            loaded = source.load(vertx);
            ending.goOn();
            Logging.level(loaded.config().log().level());
            loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
            log = openLog(loaded.config());
        } catch (Throwable e) {
            vertx.close().await();
            throw e;
        }
        GatewayConfig settings = loaded.config();
        Monitoring monitoring = settings.admin() == null
                ? Monitoring.OFF
                : new PrometheusMonitoring(settings.admin().topUsers(), nanos);
        Node node = await(Node.start(vertx, settings, monitoring));
        Service service = start(node, source, loaded, log, monitoring, ending);
        Path path = source.path();
        if (path != null) {
            service.watch(path, source);
        }
        return service;
    }

    private static AccessLog openLog(GatewayConfig settings) throws CommandFailure {
        String path = settings.log().accessPath();
        try {
            AccessLog log = new AccessLog(AccessFile.open(path), settings.node().name(), Clock.systemUTC());
            log.start();
            return log;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.WRONG_CONFIGURATION,
                    List.of("log.access.path: \"%s\" cannot be opened for writing: %s"
                            .formatted(path, e.getClass().getSimpleName())));
        }
    }

    private static Service start(
            Node node,
            ConfigSource source,
            LoadedConfig.Valid loaded,
            AccessLog log,
            Monitoring monitoring,
            Ending ending)
            throws CommandFailure {
        GatewayConfig settings = loaded.config();
        Readiness readiness = new Readiness();
        try {
            ending.goOn();
            Gateway gateway = await(Gateway.start(node, loaded, log, monitoring));
            NodeStatusVerticle status = new NodeStatusVerticle(gateway, readiness, node.members());
            String unused = await(node.vertx().deployVerticle(status));
            Reloads reloads = new Reloads(node.vertx(), source, gateway);
            AdminConfig admin = settings.admin();
            int adminPort = 0;
            if (admin != null && monitoring instanceof PrometheusMonitoring prometheus) {
                adminPort = await(AdminEndpoint.start(
                        node,
                        gateway,
                        admin,
                        log,
                        prometheus,
                        readiness,
                        reloads,
                        new ProcessOperations(reloads, readiness),
                        status::status));
            }
            Object unusedWait = await(granting(node, ending));
            if (!ending.isAsked()) {
                readiness.started();
            }
            return new Service(node, gateway, reloads, log, readiness, adminPort);
        } catch (Throwable e) {
            boolean unused = isDone(node.close(), STOPPING_SECONDS);
            throw e;
        }
    }

    /** Else a balancer would send clients who are refused; but not for ever, since most may need no quota of the cluster. */
    private static Future<?> granting(Node node, Ending ending) {
        return Future.any(node.quotas().steady(), node.vertx().timer(STEADYING), ending.asked());
    }

    private void watch(Path path, ConfigSource source) {
        ConfigWatch watch = new ConfigWatch(
                path, source::read, () -> gateway.config().node().watch(), () -> {
                    LOG.info("{} has changed: reading it again", path);
                    Future<Operations.Reload> unused = reloads.reload();
                });
        Future<String> unused = node.vertx().deployVerticle(watch);
    }

    private static <T> T await(Future<T> starting) throws CommandFailure {
        try {
            return starting.toCompletionStage().toCompletableFuture().get(STARTING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw cannotStart("no answer in " + STARTING_SECONDS + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            FailureReport.trace(LOG, "start failed", cause);
            if (cause instanceof PluginException
                    || (cause instanceof UsageStoreException trouble && trouble.isLasting())) {
                throw Configurations.wrong(List.of(String.valueOf(cause.getMessage())));
            }
            throw cannotStart(FailureReport.inWords(cause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotStart("interrupted");
        }
    }

    private static CommandFailure cannotStart(String why) {
        return new CommandFailure(ExitCode.FAILED, List.of("The gateway cannot start: " + why));
    }

    /** Closes all in order; whether all could be closed in time. */
    boolean stop() {
        LOG.info("stopping");
        readiness.draining();
        long drainSeconds =
                TimeUnit.MILLISECONDS.toSeconds(gateway.config().timeouts().drain());
        boolean drained = isDone(
                gateway.drain(), drainSeconds + TimeUnit.MILLISECONDS.toSeconds(gateway.grace()) + STOPPING_SECONDS);
        boolean closed = isDone(node.close(), STOPPING_SECONDS);
        log.close();
        LOG.info("stopped");
        return drained && closed;
    }

    private static boolean isDone(Future<Void> closing, long seconds) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("not everything could be closed: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void announce() {
        Map<String, InetSocketAddress> listeners = gateway.listeners();
        gateway.config().listeners().forEach(listener -> {
            InetSocketAddress bound = listeners.get(listener.name());
            LOG.info(
                    "listener {} on {} for {}{}, auth {}",
                    listener.name(),
                    bound == null ? "?" : Endpoint.of(bound),
                    new TreeSet<>(listener.protocols()),
                    listener.tls() == null ? "" : " in TLS",
                    listener.auth());
        });
        LOG.info("at most {} sessions", gateway.limits().sessions());
        gateway.limits().advice().ifPresent(LOG::warn);
    }

    private static void explain(InetSocketAddress bound, PrintWriter out) {
        String host = Addresses.format(bound.getAddress());
        out.println("No --config, so this is what runs:");
        out.println(DefaultConfig.json(host, bound.getPort()).encodePrettily());
        out.println("Try it:");
        out.println("  curl --socks5-hostname " + new HostPort(host, bound.getPort()) + " https://example.com/");
        out.println(
                "Addresses that are not public, 127.0.0.1 among them, need a rule that names them; see docs/rules.md.");
    }
}
