package io.socksgateway.udp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many datagrams were not relayed, by cause.
 *
 * <p>Thread-safe.
 */
public final class DropCounters {

    private final Map<Drop, LongAdder> counters = new EnumMap<>(Drop.class);

    public DropCounters() {
        for (Drop cause : Drop.values()) {
            counters.put(cause, new LongAdder());
        }
    }

    void count(Drop cause) {
        count(cause, 1);
    }

    void count(Drop cause, int datagrams) {
        LongAdder counter = counters.get(cause);
        if (counter != null) {
            counter.add(datagrams);
        }
    }

    /** Datagrams since the start. */
    public long total(Drop cause) {
        LongAdder counter = counters.get(cause);
        return counter == null ? 0 : counter.sum();
    }
}
