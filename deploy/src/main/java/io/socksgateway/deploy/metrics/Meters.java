package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Makes the gateway's own meters: the prefix of their names, buckets that mean something, and no surprise if one is made
 * twice.
 *
 * <p>Thread-safe.
 */
final class Meters {

    static final String PREFIX = "socks.gateway.";

    /** What a client waits for: from a fast local answer to the longest of the usual timeouts. */
    private static final Duration[] WAITS = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

    private final MeterRegistry registry;

    /** Micrometer itself would let what a counter reads be collected. */
    private final Map<Meter.Id, Object> held = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    private static Duration[] millis(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }

    /**
     * A counter.
     *
     * @param labels names and values in turn
     */
    Counter counter(String name, String help, String... labels) {
        return Counter.builder(PREFIX + name).description(help).tags(labels).register(registry);
    }

    /** A counter that somebody else keeps; it never goes back. */
    void count(String name, String help, LongSupplier total, String... labels) {
        FunctionCounter made = FunctionCounter.builder(PREFIX + name, total, LongSupplier::getAsLong)
                .description(help)
                .tags(labels)
                .register(registry);
        Object unused = held.putIfAbsent(made.getId(), total);
    }

    /** A counter of octets that somebody else keeps. */
    void octets(String name, String help, LongSupplier total, String... labels) {
        FunctionCounter made = FunctionCounter.builder(PREFIX + name, total, LongSupplier::getAsLong)
                .description(help)
                .baseUnit("bytes")
                .tags(labels)
                .register(registry);
        Object unused = held.putIfAbsent(made.getId(), total);
    }

    /** A counter of seconds that somebody else keeps. */
    void seconds(String name, String help, DoubleSupplier total) {
        FunctionCounter made = FunctionCounter.builder(PREFIX + name, total, DoubleSupplier::getAsDouble)
                .description(help)
                .baseUnit("seconds")
                .register(registry);
        Object unused = held.putIfAbsent(made.getId(), total);
    }

    /** Figures whose labels come and go. */
    MultiGauge gauges(String name, String help) {
        return MultiGauge.builder(PREFIX + name).description(help).register(registry);
    }

    /** Figures in octets whose labels come and go. */
    MultiGauge gaugesOfOctets(String name, String help) {
        return MultiGauge.builder(PREFIX + name)
                .description(help)
                .baseUnit("bytes")
                .register(registry);
    }

    /** A figure that is read at each scrape. */
    void gauge(String name, String help, DoubleSupplier value, String... labels) {
        Gauge unused = Gauge.builder(PREFIX + name, value::getAsDouble)
                .description(help)
                .tags(labels)
                .register(registry);
    }

    /** A histogram of how long clients wait. */
    Timer waits(String name, String help, String... labels) {
        return histogram(name, help, WAITS, labels);
    }

    Timer histogram(String name, String help, Duration[] buckets, String... labels) {
        return Timer.builder(PREFIX + name)
                .description(help)
                .serviceLevelObjectives(buckets)
                .tags(labels)
                .register(registry);
    }

    /**
     * Removes all that have a label of this value. What somebody still counts with such a counter is not told any more, so who has
     * it asks for another one.
     */
    void remove(String label, String value) {
        for (Meter meter : registry.getMeters()) {
            if (value.equals(meter.getId().getTag(label))) {
                Meter unused = registry.remove(meter);
                Object unusedTotal = held.remove(meter.getId());
            }
        }
    }

    static Duration[] seconds(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofSeconds(values[i]);
        }
        return durations;
    }
}
