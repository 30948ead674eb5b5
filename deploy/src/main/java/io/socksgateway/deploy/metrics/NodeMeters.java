package io.socksgateway.deploy.metrics;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.socksgateway.core.relay.tunnel.PathCounts;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.wire.Command;
import io.socksgateway.udp.Drop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The meters of what a node keeps itself.
 *
 * <p>Thread-safe.
 */
final class NodeMeters {

    private final NodeFigures figures;
    private final Meters meters;
    private final SessionMeters sessions;
    private final Supplier<OpenSessions> open;
    private final LoopLag lag;
    private final Set<String> listeners = ConcurrentHashMap.newKeySet();
    private final Departed departed;

    /**
     * @param open the sessions that are open, as counted for the scrape
     * @param nanos a clock in nanoseconds
     */
    NodeMeters(
            NodeFigures figures,
            Meters meters,
            SessionMeters sessions,
            Supplier<OpenSessions> open,
            LongSupplier nanos) {
        this.figures = figures;
        this.meters = meters;
        this.sessions = sessions;
        this.open = open;
        this.departed = new Departed(nanos);
        this.lag = new LoopLag(figures.loops(), meters);
    }

    void start() {
        ofNode();
        ofCluster();
        ofPaths();
        ofBuffers();
        for (Drop cause : Drop.values()) {
            meters.count(
                    "datagrams.dropped",
                    "Datagrams that were not relayed",
                    () -> figures.drops().total(cause),
                    "reason",
                    cause.toString());
        }
        ofLogins();
        ofReloads();
        lag.start();
    }

    long stuckLoops() {
        return lag.stuck();
    }

    /** Counts the open sessions; a listener that is new gets its meters, before its first session, so that they begin at zero. */
    OpenSessions count() {
        figures.listeners().get().forEach(sessions::expect);
        OpenSessions counts = OpenSessions.of(figures.live(), sessions.ended());
        counts.listeners().forEach(name -> {
            if (listeners.add(name)) {
                ofListener(name);
            }
        });
        return counts;
    }

    /** Removes the meters of listeners that are no more, some time after they have counted to the end. */
    void forget(OpenSessions told) {
        List<String> configured = figures.listeners().get();
        for (String name : List.copyOf(listeners)) {
            if (departed.isOver(name, !configured.contains(name) && !told.has(name))) {
                sessions.forget(name);
                listeners.remove(name);
            }
        }
    }

    private void ofListener(String name) {
        for (Command command : Command.values()) {
            meters.gauge(
                    "sessions.open",
                    "Sessions that are served",
                    () -> open.get().open(name, command),
                    "listener",
                    name,
                    "command",
                    command.toString());
        }
        octets(name, "up", counts -> counts.up(name));
        octets(name, "down", counts -> counts.down(name));
    }

    private void octets(String listener, String direction, ToLongFunction<OpenSessions> sum) {
        meters.octets(
                "relayed.bytes",
                "Octets that were relayed, payload only: up to targets, down to clients",
                new RisingTotal(() -> sum.applyAsLong(open.get())),
                "listener",
                listener,
                "direction",
                direction);
    }

    private void ofNode() {
        meters.gauge("build.info", "The gateway and its Java", () -> 1, "version", figures.version(), "java", java());
        meters.gauge(
                "ready",
                "Whether clients are welcome: 1, or 0",
                () -> figures.ready().getAsBoolean() ? 1 : 0);
        meters.gauge("sessions.opening", "Sessions whose target is not reached yet", () -> open.get()
                .opening());
        meters.gauge("sessions.limit", "The most sessions at one time", () -> figures.limits()
                .sessions());
        meters.gauge(
                "clients.negotiating",
                "Clients that have been accepted and have no session yet",
                () -> figures.capacity().negotiating());
        meters.gauge("clients.negotiating.limit", "The most clients that negotiate at one time", () -> figures.limits()
                .negotiating());
        meters.count("access.log.lost", "Access lines that could not be written", figures.lostLines());
        meters.count(
                "admin.refused",
                "Requests to the admin endpoint that were refused for their token or origin",
                figures.adminRefusals());
        meters.gauge("event.loops.stuck", "Event loops without a sign of life for 30 seconds", lag::stuck);
    }

    /** What tunnels, associations and handshakes share; a leak would show here. */
    private void ofBuffers() {
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            ByteBufAllocatorMetric metric = provider.metric();
            String help = "Memory that is reserved for buffers of sockets";
            meters.gauge("buffers.bytes", help, metric::usedDirectMemory, "memory", "direct");
            meters.gauge("buffers.bytes", help, metric::usedHeapMemory, "memory", "heap");
        }
    }

    private static String java() {
        return Runtime.version().toString();
    }

    private void ofLogins() {
        LoginCounts logins = figures.logins();
        String help = "Logins with a password; banned are those about whom nobody was asked";
        meters.count("logins", help, () -> logins.accepted().sum(), "result", "accepted");
        meters.count("logins", help, () -> logins.failed().sum(), "result", "failed");
        meters.count("logins", help, () -> logins.banned().sum(), "result", "banned");
        meters.count("login.bans", "Bans that began because of a login here", () -> logins.bans()
                .sum());
    }

    private void ofReloads() {
        ReloadCounts reloads = figures.reloads();
        String help = "Times that the configuration was read again, and is in force or was refused";
        meters.count("reloads", help, reloads::allApplied, "result", "applied");
        meters.count("reloads", help, reloads::allRefused, "result", "refused");
        meters.gauge(
                "reload.last.successful",
                "Whether the configuration that was read last is in force, as at the start: 1; or 0, also while it takes too long",
                () -> reloads.lastWentWell() ? 1 : 0);
        meters.gauge(
                "reload.last.applied.timestamp.seconds",
                "When a configuration that was read again has last come into force, since 1970; 0 for never",
                reloads::lastApplied);
    }

    private void ofCluster() {
        meters.gauge("cluster.members", "Nodes in sight, this one included", () -> figures.members()
                .getAsLong());
        meters.gauge("cluster.members.minimum", "Nodes that must be in sight", figures::minimumMembers);
        meters.gauge("cluster.nodes", "Nodes that there are when nothing is wrong", figures::clusterNodes);
        meters.gauge(
                "cluster.partitioned",
                "Whether fewer nodes are in sight than must be: 1, or 0",
                () -> figures.members().getAsLong() < figures.minimumMembers() ? 1 : 0);
    }

    private void ofPaths() {
        ofPath("pipeline", PathCounts::pipelines);
        ofPath("copy", PathCounts::copied);
        ofPath("splice", PathCounts::spliced);
    }

    private void ofPath(String name, ToLongFunction<PathCounts> octets) {
        meters.octets(
                "tunnel.bytes",
                "Octets that TCP tunnels have moved, by the way they took",
                () -> figures.paths().stream().mapToLong(octets).sum(),
                "path",
                name);
    }
}
