package io.socksgateway.cluster.usage;

import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.store.UsageStoreStatus;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How reading and writing of a database went so far, for log and metrics.
 *
 * <p>Thread-safe.
 */
final class StoreProgress {

    private static final Logger LOG = LoggerFactory.getLogger(UsageKeeper.class);

    /** Milliseconds until what has failed is tried again; twice as long each time. */
    private static final long FIRST_RETRY = 500;

    private static final long LAST_RETRY = 10_000;

    private final String name;
    private final LongSupplier clock;
    private final SparseLog log = new SparseLog(LOG, System::nanoTime);
    private boolean known;
    private long written;
    private long failures;
    private int inARow;
    private long lastSuccess;
    private long lastFailure;

    StoreProgress(String name, LongSupplier clock) {
        this.name = name;
        this.clock = clock;
    }

    synchronized void succeeded(int counters) {
        if (inARow > 0) {
            LOG.info("usage store of the {}: works again", name);
        }
        written += counters;
        inARow = 0;
        lastSuccess = clock.getAsLong();
    }

    synchronized void failed(String what, Throwable failure) {
        failures++;
        inARow++;
        lastFailure = clock.getAsLong();
        String why = failure instanceof SQLException ? String.valueOf(failure.getMessage()) : failure.toString();
        log.warn("usage store of the %s: %s (next try in %d ms): %s"
                .formatted(name, what, retry(), why.replace('\n', ' ')));
    }

    /** What was used before the start has been read. */
    synchronized void known(boolean yes) {
        known = yes;
    }

    synchronized boolean isKnown() {
        return known;
    }

    /** Milliseconds until the next try. */
    synchronized long retry() {
        return Math.min(LAST_RETRY, FIRST_RETRY << Math.min(10, Math.max(0, inARow - 1)));
    }

    synchronized UsageStoreStatus status(int pending) {
        return new UsageStoreStatus(name, inARow == 0, known, pending, written, failures, lastSuccess, lastFailure);
    }
}
