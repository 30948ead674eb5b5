package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.server.ProcessTree;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the gateway is at one time.
 *
 * <p>Immutable.
 *
 * @param seconds since the beginning
 */
record Sample(double seconds, Map<Gauge, Double> values) {

    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;

    /** What is looked at. */
    enum Gauge {
        HEAP("heap after GC, MiB", 3),
        METASPACE("metaspace, MiB", 3),
        DIRECT("direct buffers, MiB", 4),
        RESIDENT("resident, MiB", 24),
        DESCRIPTORS("descriptors beside two a session", 64),
        THREADS("threads", 6),
        SESSIONS("sessions", Double.MAX_VALUE),
        CPU("CPU of the gateway, % of all processors", Double.MAX_VALUE),
        RATE("visitors/s", Double.MAX_VALUE);

        private final String title;
        private final double allowance;

        /**
         * @param allowance by how much it may be higher in the last third of a run than in the first, beside a tenth of that
         */
        Gauge(String title, double allowance) {
            this.title = title;
            this.allowance = allowance;
        }

        String title() {
            return title;
        }

        double allowance() {
            return allowance;
        }

        /** Whether its growth means a leak. */
        boolean isWatched() {
            return allowance < Double.MAX_VALUE;
        }
    }

    Sample {
        values = Map.copyOf(values);
    }

    double value(Gauge gauge) {
        return values.get(gauge);
    }

    /** From what there is; CPU and rate are those since the sample before. */
    static Sample of(double seconds, Histogram live, ProcessTree process, Metrics metrics, double cpu, double rate) {
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        values.put(Gauge.HEAP, live.octets() / MIB);
        values.put(Gauge.METASPACE, metrics.sum("jvm_memory_used_bytes", "id=\"Metaspace\"") / MIB);
        values.put(
                Gauge.DIRECT,
                (metrics.sum("jvm_buffer_memory_used_bytes", "id=\"direct\"")
                                + metrics.sum("buffers_bytes", "memory=\"direct\""))
                        / MIB);
        values.put(Gauge.RESIDENT, process.pssKib() / KIB);
        values.put(Gauge.THREADS, metrics.sum("jvm_threads_live_threads", ""));
        double sessions = metrics.sum("sessions_open", "");
        double clients = metrics.sum("sessions_opening", "") + metrics.sum("clients_negotiating", "");
        // all of the same moment
        values.put(Gauge.DESCRIPTORS, metrics.sum("process_files_open_files", "") - 2 * sessions - clients);
        values.put(Gauge.SESSIONS, sessions);
        values.put(Gauge.CPU, cpu);
        values.put(Gauge.RATE, rate);
        return new Sample(seconds, values);
    }
}
