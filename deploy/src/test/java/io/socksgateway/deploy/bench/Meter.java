package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.server.MachineCpu;
import io.socksgateway.deploy.bench.server.ProcessTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * CPU times at one moment.
 *
 * <p>Immutable.
 *
 * @param server seconds of its processes
 * @param own seconds of this process: clients and target
 * @param machine seconds of all processes together
 */
record Meter(long nanos, double server, double own, double machine) {

    /**
     * Reads them.
     *
     * @param server null if there is none
     */
    static Meter read(@Nullable ProcessTree server) throws IOException {
        return new Meter(
                System.nanoTime(),
                server == null ? 0 : server.cpuSeconds(),
                ProcessTree.own().cpuSecondsOfRoot(),
                MachineCpu.busySeconds());
    }

    /** Cores that were busy since then with what has nothing to do with the measurement. */
    double othersSince(Meter earlier) {
        double seconds = (nanos - earlier.nanos) / 1e9;
        double others = (machine - earlier.machine) - (server - earlier.server) - (own - earlier.own);
        return Math.max(0, others / seconds);
    }
}
