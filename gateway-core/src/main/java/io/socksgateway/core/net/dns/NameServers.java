package io.socksgateway.core.net.dns;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.net.SparseLog;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name servers in the order in which they are asked: as configured, but one that answers nothing any more is asked last
 * for a while, so that a dead first server does not cost every name its timeout.
 *
 * <p>That it leaves some questions unanswered is no reason: anybody can ask for names whose own servers are dead, and the
 * order may matter. It has to leave several names unanswered, and answer nothing else, for some seconds. While it is asked
 * last it hears of little but such names, so it is asked in its turn again then, whatever those have led to.
 *
 * <p>Thread-safe.
 */
final class NameServers {

    private static final Logger LOG = LoggerFactory.getLogger(NameServers.class);

    /** The names that a server has to leave unanswered. */
    private static final int SILENT_AFTER = 3;

    /** How long it has to answer nothing, from the first question that it has left unanswered. */
    private static final long SILENT_FOR = TimeUnit.SECONDS.toNanos(3);

    private static final long SET_BACK = TimeUnit.SECONDS.toNanos(30);

    /** How long after that a question is known to be unanswered that was asked after that. */
    private static final long NEXT_CHANCE = SET_BACK + TimeUnit.MILLISECONDS.toNanos(DnsNames.TRY);

    private final List<Server> servers;
    private final List<InetSocketAddress> all;
    private final LongSupplier nanos;

    /** One of them; changed under its lock. */
    private static final class Server {
        private final InetSocketAddress address;
        /** What it has not answered since its last answer, as many as count. */
        private final Set<String> unanswered = new HashSet<>(4);

        /** Its own, as several may fall silent in one outage. */
        private final SparseLog lost;

        private final SparseLog found;
        private long since;
        private long setBackAt;
        /** Whether it has left a question unanswered since. */
        private volatile boolean suspect;
        /** Whether it has answered nothing for so long that it counts as silent. */
        private volatile boolean silent;

        Server(InetSocketAddress address, LongSupplier nanos) {
            this.address = address;
            this.lost = new SparseLog(LOG, nanos);
            this.found = new SparseLog(LOG, nanos);
        }
    }

    /**
     * Servers that all have done nothing wrong yet.
     *
     * @param servers at least one
     * @param nanos a clock in nanoseconds
     */
    NameServers(List<InetSocketAddress> servers, LongSupplier nanos) {
        this.all = List.copyOf(servers);
        this.servers = all.stream().map(each -> new Server(each, nanos)).toList();
        this.nanos = nanos;
    }

    /** All servers, as they were given. */
    List<InetSocketAddress> all() {
        return all;
    }

    /** All servers, those that are silent last. */
    List<InetSocketAddress> inOrder() {
        List<InetSocketAddress> order = new ArrayList<>(servers.size());
        List<InetSocketAddress> silent = new ArrayList<>(0);
        for (Server server : servers) {
            (isSetBack(server) ? silent : order).add(server.address);
        }
        order.addAll(silent);
        return order;
    }

    private boolean isSetBack(Server server) {
        if (!server.silent) {
            return false;
        }
        synchronized (server) {
            return server.silent && nanos.getAsLong() - server.setBackAt < SET_BACK;
        }
    }

    void answered(InetSocketAddress address) {
        Server server = find(address);
        if (!server.suspect) {
            return;
        }
        boolean wasSilent;
        synchronized (server) {
            wasSilent = server.silent;
            server.suspect = false;
            server.silent = false;
            server.unanswered.clear();
        }
        if (wasSilent) {
            server.found.info("name server " + Endpoint.of(address) + " answers again");
        }
    }

    /** A server has not answered a question about a name. */
    void silent(InetSocketAddress address, String name) {
        Server server = find(address);
        long now = nanos.getAsLong();
        boolean nowSilent;
        synchronized (server) {
            nowSilent = !server.silent && isSilent(server, name, now);
            if (nowSilent || (server.silent && now - server.setBackAt >= NEXT_CHANCE)) {
                server.silent = true;
                server.setBackAt = now;
            }
        }
        if (nowSilent) {
            server.lost.warn("name server " + Endpoint.of(address) + " does not answer");
        }
    }

    private static boolean isSilent(Server server, String name, long now) {
        if (!server.suspect) {
            server.suspect = true;
            server.since = now;
        }
        if (server.unanswered.size() < SILENT_AFTER) {
            server.unanswered.add(name);
        }
        return server.unanswered.size() == SILENT_AFTER && now - server.since >= SILENT_FOR;
    }

    private Server find(InetSocketAddress address) {
        return servers.get(all.indexOf(address));
    }
}
