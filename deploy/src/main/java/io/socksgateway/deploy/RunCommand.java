package io.socksgateway.deploy;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.config.DefaultConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the gateway itself, until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs the gateway until SIGTERM or Ctrl-C.",
            "Without a configuration it listens on 127.0.0.1:1080 and asks for no password."
        })
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("io.socksgateway");

    /** Joining a cluster takes the longest: its members are asked one by one. */
    private static final long STARTING_SECONDS = 120;

    /** Closing sockets and leaving the cluster, on top of the time for the sessions. */
    private static final long STOPPING_SECONDS = 30;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE-OR-FOLDER",
            description = "The configuration: a JSON file, or a folder with *.json.")
    private @Nullable Path config;

    @Option(
            names = {"-l", "--listen"},
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "Where the (first) listener is, instead of where the configuration says.")
    private @Nullable HostPort listen;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx(Transport.options());
        LoadedConfig.Valid loaded;
        try {
            loaded = Configurations.load(vertx, config, listen);
        } catch (CommandFailure e) {
            vertx.close().await();
            throw e;
        }
        GatewayConfig settings = loaded.config();
        Logging.level(settings.log().level());
        loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
        AccessLog log = openLog(settings);
        Node node = join(vertx, settings);
        Gateway gateway = start(node, settings, log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, gateway, settings, log), "shutdown"));
        announce(gateway, settings);
        new CountDownLatch(1).await(); // a signal ends this
        return ExitCode.OK;
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

    private static Node join(Vertx vertx, GatewayConfig settings) throws CommandFailure {
        return await(Node.start(vertx, settings.cluster()));
    }

    private static Gateway start(Node node, GatewayConfig settings, AccessLog log) throws CommandFailure {
        try {
            return await(Gateway.start(node, settings, log));
        } catch (CommandFailure e) {
            await(node.close());
            throw e;
        }
    }

    private static <T> T await(Future<T> starting) throws CommandFailure {
        try {
            return starting.toCompletionStage().toCompletableFuture().get(STARTING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw cannotStart("no answer in " + STARTING_SECONDS + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.debug("start failed", cause);
            throw cannotStart(String.valueOf(cause.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotStart("interrupted");
        }
    }

    private static CommandFailure cannotStart(String why) {
        return new CommandFailure(ExitCode.FAILED, List.of("The gateway cannot start: " + why));
    }

    /** Closes all in order; the exit code then says that, and not by which signal it was told to. */
    private static void stop(Node node, Gateway gateway, GatewayConfig settings, AccessLog log) {
        LOG.info("stopping");
        long drainSeconds = TimeUnit.MILLISECONDS.toSeconds(settings.timeouts().drain());
        boolean drained = isDone(gateway.drain(), drainSeconds + STOPPING_SECONDS);
        boolean closed = isDone(node.close(), STOPPING_SECONDS);
        log.close();
        LOG.info("stopped");
        Runtime.getRuntime().halt(drained && closed ? ExitCode.OK : ExitCode.FAILED);
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

    private void announce(Gateway gateway, GatewayConfig settings) {
        Map<String, InetSocketAddress> listeners = gateway.listeners();
        settings.listeners().forEach(listener -> {
            InetSocketAddress bound = listeners.get(listener.name());
            LOG.info(
                    "listener {} on {} for {}, auth {}",
                    listener.name(),
                    bound == null ? "?" : Endpoint.of(bound),
                    listener.protocols(),
                    listener.auth());
        });
        LOG.info("at most {} sessions", gateway.limits().sessions());
        gateway.limits().advice().ifPresent(LOG::warn);
        if (config == null) {
            listeners.values().stream().findFirst().ifPresent(this::explain);
        }
        LOG.info("ready");
    }

    private void explain(InetSocketAddress bound) {
        String host = Addresses.format(bound.getAddress());
        PrintWriter out = spec.commandLine().getOut();
        out.println("No --config, so this is what runs:");
        out.println(DefaultConfig.json(host, bound.getPort()).encodePrettily());
        out.println("Try it:");
        out.println("  curl --socks5-hostname " + new HostPort(host, bound.getPort()) + " https://example.com/");
        out.println("Addresses that are not public, 127.0.0.1 among them, need a rule that names them; see README.md.");
    }
}
