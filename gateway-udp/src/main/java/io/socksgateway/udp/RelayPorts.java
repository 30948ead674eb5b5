package io.socksgateway.udp;

import io.socksgateway.core.rules.PortRange;
import java.io.IOException;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The ports that relay sockets may have, and which of them this node has in use. The search begins at a random one, so
 * that nobody can foretell the next.
 *
 * <p>Thread-safe.
 */
final class RelayPorts {

    private final @Nullable PortRange range;
    private final IntUnaryOperator random;
    private final Map<InetAddress, BitSet> used = new ConcurrentHashMap<>();

    /**
     * @param range null for any that the system has free
     * @param random a number from 0 to its argument, exclusive
     */
    RelayPorts(@Nullable PortRange range, IntUnaryOperator random) {
        this.range = range;
        this.random = random;
    }

    /** Opens a socket on a port. */
    @FunctionalInterface
    interface Opener {
        DatagramPort open(int port) throws IOException;
    }

    /**
     * Opens a socket on a free port.
     *
     * @throws IOException if none is free, or none can be opened at all
     */
    DatagramPort open(InetAddress local, Opener opener) throws IOException {
        if (range == null) {
            return opener.open(0);
        }
        BitSet ours = used.computeIfAbsent(local, address -> new BitSet());
        BitSet foreign = new BitSet(); // those that others hold stay claimed until the search is over
        int count = range.last() - range.first() + 1;
        int from = random.applyAsInt(count);
        IOException refusal = null;
        try {
            for (int i = claim(ours, from, count); i >= 0; i = claim(ours, i, count)) {
                try {
                    return opener.open(range.first() + i);
                } catch (IOException e) {
                    foreign.set(i);
                    refusal = e;
                }
            }
        } finally {
            synchronized (ours) {
                ours.andNot(foreign);
            }
        }
        throw new IOException("no free port in " + range, refusal);
    }

    /** The next unused one from an index on, all around, or -1. */
    private static int claim(BitSet ours, int from, int count) {
        synchronized (ours) {
            int index = ours.nextClearBit(from);
            if (index >= count) {
                index = ours.nextClearBit(0);
            }
            if (index >= count) {
                return -1;
            }
            ours.set(index);
            return index;
        }
    }

    /** Takes a port back whose socket was closed. */
    void free(InetAddress local, int port) {
        BitSet ours = used.get(local);
        if (range != null && ours != null) {
            synchronized (ours) {
                ours.clear(port - range.first());
            }
        }
    }
}
