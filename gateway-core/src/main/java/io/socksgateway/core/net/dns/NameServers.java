package io.socksgateway.core.net.dns;

import io.socksgateway.core.address.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name servers in the order in which they are asked: as configured, but one that has left several questions in a row
 * unanswered is asked last for a while, so that a dead first server does not cost every name its timeout.
 *
 * <p>Thread-safe.
 */
final class NameServers {

    private static final Logger LOG = LoggerFactory.getLogger(NameServers.class);

    /** A single question proves nothing: a name whose own servers are dead makes the best server slow. */
    private static final int SILENT_AFTER = 3;

    private static final long SET_BACK = TimeUnit.SECONDS.toNanos(30);

    private final List<InetSocketAddress> servers;
    private final LongSupplier nanos;
    private final AtomicIntegerArray unanswered;
    private final AtomicLongArray setBackSince;

    /**
     * Servers that all have done nothing wrong yet.
     *
     * @param servers at least one
     * @param nanos a clock in nanoseconds
     */
    NameServers(List<InetSocketAddress> servers, LongSupplier nanos) {
        this.servers = List.copyOf(servers);
        this.nanos = nanos;
        this.unanswered = new AtomicIntegerArray(servers.size());
        this.setBackSince = new AtomicLongArray(servers.size());
    }

    /** All servers, as they were given. */
    List<InetSocketAddress> all() {
        return servers;
    }

    /** All servers, those that are silent last. */
    List<InetSocketAddress> inOrder() {
        List<InetSocketAddress> order = new ArrayList<>(servers.size());
        List<InetSocketAddress> silent = new ArrayList<>(0);
        for (int i = 0; i < servers.size(); i++) {
            (isSetBack(i) ? silent : order).add(servers.get(i));
        }
        order.addAll(silent);
        return order;
    }

    private boolean isSetBack(int i) {
        return unanswered.get(i) >= SILENT_AFTER && nanos.getAsLong() - setBackSince.get(i) < SET_BACK;
    }

    void answered(InetSocketAddress server) {
        int i = servers.indexOf(server);
        if (unanswered.getAndSet(i, 0) >= SILENT_AFTER) {
            LOG.info("name server {} answers again", Endpoint.of(server));
        }
    }

    void silent(InetSocketAddress server) {
        int i = servers.indexOf(server);
        setBackSince.set(i, nanos.getAsLong());
        if (unanswered.incrementAndGet(i) == SILENT_AFTER) {
            LOG.warn("name server {} does not answer", Endpoint.of(server));
        }
    }
}
