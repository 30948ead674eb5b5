package io.socksgateway.deploy;

import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.deploy.admin.Operations.Reload;
import io.socksgateway.deploy.metrics.ReloadCounts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration of a running gateway again and puts it in force: as a whole, or if anything in it is wrong or cannot be
 * changed, not at all. One at a time, on a thread of its own, as files are read and plug-ins may start.
 *
 * <p>Thread-safe.
 */
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    /** Milliseconds that who asks waits for the answer; plug-ins have half a minute each to start. */
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(Operations.RELOAD_SECONDS);

    private final Vertx vertx;
    private final ConfigSource source;
    private final Gateway gateway;
    private final long patience;
    private final ReloadCounts counts = new ReloadCounts();
    private final List<Consumer<GatewayConfig>> others = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "reload");
        made.setDaemon(true);
        return made;
    });

    Reloads(Vertx vertx, ConfigSource source, Gateway gateway) {
        this(vertx, source, gateway, PATIENCE);
    }

    /**
     * The same with another patience.
     *
     * @param patience milliseconds until who asks is told that it takes longer
     */
    Reloads(Vertx vertx, ConfigSource source, Gateway gateway, long patience) {
        this.vertx = vertx;
        this.source = source;
        this.gateway = gateway;
        this.patience = patience;
    }

    /** What became of them. */
    ReloadCounts counts() {
        return counts;
    }

    /** Tells somebody beside the gateway of each configuration that has come into force. */
    void whenApplied(Consumer<GatewayConfig> other) {
        others.add(other);
    }

    /**
     * Reloads once those are through that were asked for before. What takes longer than the answer may is gone through with all
     * the same.
     *
     * @return fails only if there is nothing to read, or with a {@link TimeoutException} if it is not known yet what comes of it:
     *     with a {@link Operations.StillQueuedException} if it has not begun
     */
    Future<Reload> reload() {
        if (source.path() == null) {
            return Future.failedFuture(new UnsupportedOperationException("reload"));
        }
        boolean behind = counts.isLate();
        AtomicBoolean begun = new AtomicBoolean();
        Promise<Reload> done = Promise.promise();
        thread.execute(() -> {
            begun.set(true);
            counts.begun(TimeUnit.MILLISECONDS.toNanos(patience));
            done.complete(told(attempt()));
        });
        return behind
                ? late(false)
                : done.future().timeout(patience, TimeUnit.MILLISECONDS).recover(late -> late(begun.get()));
    }

    private static Future<Reload> late(boolean begun) {
        if (begun) {
            LOG.warn("reload: it takes long, and is still under way");
            return Future.failedFuture(new TimeoutException("the reload is still under way"));
        }
        LOG.warn("reload: it waits for the one before, which takes long and is still under way");
        return Future.failedFuture(new Operations.StillQueuedException());
    }

    /** Comes to an end whatever is thrown, as who asks waits for it, and others behind it. */
    private Reload attempt() {
        try {
            return load();
        } catch (Throwable e) { // classes of plug-ins may be any
            LOG.error("reload failed", e);
            return new Reload(false, List.of(e.toString()));
        }
    }

    private Reload load() {
        LoadedConfig.Valid loaded;
        try {
            loaded = source.load(vertx);
        } catch (CommandFailure e) {
            List<String> lines = e.lines();
            return new Reload(false, lines.subList(0, Math.max(1, lines.size() - 1))); // without how many they are
        }
        GatewayConfig before = gateway.config();
        ConfigDifference difference = ConfigDifference.between(before, loaded.config());
        if (!difference.fixed().isEmpty()) {
            return new Reload(
                    false,
                    difference.fixed().stream()
                            .map(section -> section + ": cannot change while the gateway runs (restart it)")
                            .toList());
        }
        loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
        return difference.changed().isEmpty() ? new Reload(true, List.of()) : apply(loaded, difference.changed());
    }

    private Reload apply(LoadedConfig.Valid loaded, List<String> changed) {
        try {
            Reconfiguration.Outcome outcome = gateway.apply(loaded)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            others.forEach(other -> other.accept(loaded.config()));
            return new Reload(true, lines(changed, outcome));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            FailureReport.trace(LOG, "reload failed", cause);
            return new Reload(false, FailureReport.inWords(cause).lines().toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reload(false, List.of("interrupted"));
        }
    }

    private static List<String> lines(List<String> changed, Reconfiguration.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        for (String section : changed) {
            if (section.equals(ConfigDifference.LISTENERS)) {
                lines.add("%s (%d opened, %d closed)".formatted(section, outcome.opened(), outcome.closed()));
            } else {
                lines.add(
                        ConfigDifference.FOR_NEW_SESSIONS.contains(section)
                                ? section + " (for new sessions)"
                                : section);
            }
        }
        if (outcome.ended() > 0) {
            lines.add(Printing.many(outcome.ended(), "session") + " revoked");
        }
        return lines;
    }

    private Reload told(Reload reload) {
        if (!reload.applied()) {
            counts.refused();
            reload.lines().forEach(line -> LOG.error("reload: {}", line));
            LOG.error("reload: the configuration of before stays in force");
            return reload;
        }
        counts.applied(System.currentTimeMillis());
        if (reload.lines().isEmpty()) {
            LOG.info("reload: nothing has changed");
        } else {
            LOG.info("configuration reloaded: {}", String.join(", ", reload.lines()));
        }
        return reload;
    }
}
