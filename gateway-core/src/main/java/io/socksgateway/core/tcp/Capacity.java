package io.socksgateway.core.tcp;

import io.socksgateway.core.wire.Command;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node has taken on, counted over all its event loops. At a limit
 *
 * <ul>
 *   <li>of sessions, or of their descriptors, a request is refused: sessions end when they like, so whoever asks should
 *       not wait for that, but try another node;
 *   <li>of clients that negotiate, nobody is accepted until one of them has a session or has left: that takes moments,
 *       and the handshake's timeout at the longest, so whoever comes waits in the kernel's queue.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Capacity {

    private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);

    private final CapacityLimits limits;
    private final AtomicInteger negotiating = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger descriptors = new AtomicInteger();
    private final AcceptGate gate = new AcceptGate(this::admitsClients);
    private final Shortage full;
    private final Shortage crowded;

    public Capacity(CapacityLimits limits) {
        this(limits, System::nanoTime);
    }

    Capacity(CapacityLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.full = new Shortage(
                nanoTime,
                () -> LOG.warn(
                        "full: {} sessions of at most {}, with {} descriptors of at most {}; refusing others",
                        sessions,
                        limits.sessions(),
                        descriptors,
                        limits.descriptors()),
                refused -> LOG.info("no longer full: {} sessions; {} requests were refused", sessions, refused));
        this.crowded = new Shortage(
                nanoTime,
                () -> LOG.warn("{} clients negotiate: others have to wait until they are accepted", negotiating),
                times -> LOG.info("no longer crowded: clients are accepted as they come"));
    }

    /** What stops the listening sockets at the limit. */
    AcceptGate gate() {
        return gate;
    }

    /** A client was accepted; somebody has to see to it that it leaves its place. */
    Place enter() {
        if (negotiating.incrementAndGet() >= limits.negotiating()) {
            gate.update();
            crowded.met();
        }
        return new Place(this);
    }

    /** Sessions now, including those whose target is being dialled. */
    public int sessions() {
        return sessions.get();
    }

    /** Clients that have been accepted and have no session yet. */
    public int negotiating() {
        return negotiating.get();
    }

    private boolean admitsClients() {
        return negotiating.get() < limits.negotiating();
    }

    /** A client negotiates no longer. */
    private void exit() {
        if (negotiating.getAndDecrement() == limits.negotiating()) {
            gate.update();
        }
        crowded.check();
    }

    /**
     * Makes a session of a client.
     *
     * @return its descriptors, or 0 if there is no room for it
     */
    int begin(Command command) {
        int needed =
                switch (command) {
                    case CONNECT -> CapacityLimits.FEWEST_A_SESSION;
                    case BIND -> 3; // the listening socket is closed once its peer is there
                    case UDP -> CapacityLimits.MOST_A_SESSION;
                };
        if (!take(sessions, 1, limits.sessions())) {
            full.met();
            return 0;
        }
        if (!take(descriptors, needed, limits.descriptors())) {
            sessions.decrementAndGet();
            full.met();
            return 0;
        }
        exit();
        full.check();
        return needed;
    }

    private static boolean take(AtomicInteger count, int more, int limit) {
        int before = count.getAndUpdate(now -> now + more <= limit ? now + more : now);
        return before + more <= limit;
    }

    /**
     * A client has left.
     *
     * @param held what {@link #begin} said
     */
    void end(int held) {
        if (held == 0) {
            exit();
        } else {
            descriptors.addAndGet(-held);
            sessions.decrementAndGet();
            full.check();
        }
    }
}
