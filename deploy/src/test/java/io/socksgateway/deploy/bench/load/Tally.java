package io.socksgateway.deploy.bench.load;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the clients of a load have done, and what went wrong.
 *
 * <p>Confined to the clients' loop.
 */
final class Tally {

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Latencies latencies = new Latencies();
    private long operations;

    /** An operation that began at a time of {@link System#nanoTime} has ended well. */
    void done(long began) {
        operations++;
        latencies.add(System.nanoTime() - began);
    }

    void fault(Fault fault) {
        fault(fault, 1);
    }

    /** The same so many times, which may be none. */
    void fault(Fault fault, long times) {
        if (times != 0) {
            faults.merge(fault, times, Long::sum);
        }
    }

    /** So it was not: it came late. */
    void found() {
        faults.computeIfPresent(Fault.LOST, (fault, times) -> times == 1 ? null : times - 1);
    }

    long operations() {
        return operations;
    }

    Map<Fault, Long> faults() {
        return Map.copyOf(faults);
    }

    Latencies latencies() {
        return latencies;
    }
}
