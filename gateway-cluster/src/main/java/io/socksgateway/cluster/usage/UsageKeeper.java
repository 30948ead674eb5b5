package io.socksgateway.cluster.usage;

import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.PastTraffic;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.store.SteadyClock;
import io.socksgateway.core.store.UsageLog;
import io.socksgateway.core.store.UsageStoreStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes traffic down behind those who count it, on a thread of its own. What changes while it writes waits in memory, of each
 * counter the newest only, and is written together.
 *
 * <p>While the database works, those who want to know hear when their change is written down. While it does not, nobody waits,
 * nothing is lost that was told, and it is tried again every now and then.
 *
 * <p>Thread-safe.
 */
public final class UsageKeeper implements UsageLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageKeeper.class);

    /** Milliseconds between two writes, in which more may come: somebody waits for what a node writes of its own. */
    private static final long PAUSE_OF_NODE = 20;

    private static final long PAUSE_OF_CLUSTER = 100;

    /** Milliseconds that somebody waits for a database that works. */
    private static final long PATIENCE = 250;

    /** Counters in one transaction. */
    private static final int BATCH = 500;

    /** Milliseconds between two looks for periods that are over. */
    private static final long PRUNING = 3_600_000;

    /** Milliseconds that clocks may be ahead of each other. */
    private static final long AHEAD = 86_400_000;

    /** Seconds to write the last at the end. */
    private static final long CLOSING = 5;

    private static final Future<Void> AT_ONCE = Future.succeededFuture();

    private final String name;
    private final long pause;
    private final UsageDatabase database;
    private final UsageTable table;
    private final @Nullable BiConsumer<String, TrafficUsage> restore;
    private final LongSupplier clock;
    private final SteadyClock steady;
    private final StoreProgress progress;
    private final ScheduledThreadPoolExecutor thread;
    /** Of its thread. */
    private final SparseLog unwritable = new SparseLog(LOG, System::nanoTime);

    private final Promise<Void> begun = Promise.promise();
    private final PendingUsage pending;
    private boolean started;
    private boolean scheduled;
    private boolean closed;
    private long pruneAt = Long.MIN_VALUE;

    private UsageKeeper(
            String name,
            long pause,
            long patience,
            UsageDatabase database,
            LongSupplier clock,
            @Nullable BiConsumer<String, TrafficUsage> restore) {
        this.name = name;
        this.pause = pause;
        this.pending = new PendingUsage(patience);
        this.database = database;
        this.table = new UsageTable(database);
        this.clock = clock;
        this.restore = restore;
        this.steady = new SteadyClock(clock, System::nanoTime);
        this.progress = new StoreProgress(name, clock);
        this.thread = new ScheduledThreadPoolExecutor(1, this::daemon);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Keeps what one node counts, from its beginning or the first change on.
     *
     * @param database this node's alone, closed with this
     * @param clock milliseconds since 1970
     * @param restore takes what was used before, before anything is written
     */
    public static UsageKeeper ofNode(
            UsageDatabase database, LongSupplier clock, BiConsumer<String, TrafficUsage> restore) {
        return ofNode(database, clock, restore, PATIENCE);
    }

    /**
     * The same with more patience.
     *
     * @param patience milliseconds that somebody waits for a database that works
     */
    static UsageKeeper ofNode(
            UsageDatabase database, LongSupplier clock, BiConsumer<String, TrafficUsage> restore, long patience) {
        return new UsageKeeper("node", PAUSE_OF_NODE, patience, database, clock, restore);
    }

    /** Keeps what a cluster counts, which others may do as well; what was used before is asked for by {@link #read}. */
    public static UsageKeeper ofCluster(UsageDatabase database, LongSupplier clock) {
        return new UsageKeeper("cluster", PAUSE_OF_CLUSTER, PATIENCE, database, clock, null);
    }

    private Thread daemon(Runnable task) {
        Thread made = new Thread(task, "usage-" + name);
        made.setDaemon(true);
        return made;
    }

    /**
     * Begins to keep.
     *
     * @return completed when what was used before was taken, however often it is tried; fails if a file cannot be used
     */
    public Future<Void> begin() {
        schedule(0);
        return begun.future();
    }

    @Override
    public Future<Void> changed(String counter, TrafficUsage usage) {
        if (counter.length() > UsageTable.LONGEST_NAME) {
            return AT_ONCE;
        }
        Future<Void> written = pending.put(counter, usage);
        schedule(pause);
        return written;
    }

    private synchronized void schedule(long delay) {
        if (!scheduled && !closed) {
            started = true;
            scheduled = true;
            var unused = thread.schedule(this::turn, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void turn() {
        PendingUsage.Batch batch = null;
        try {
            readFirst();
            synchronized (this) {
                scheduled = false; // for what comes from now on
            }
            batch = pending.take();
            save(batch.usages());
            pending.succeeded(batch);
        } catch (SQLException | RuntimeException | Error failure) { // it goes on, whatever it is
            progress.failed("what is used cannot be written", failure);
            pending.failed(batch == null ? pending.take() : batch);
            if (UsageStoreException.concernsFile(failure)) {
                boolean unused = begun.tryFail(failure);
            }
            again();
            return;
        }
        prune();
    }

    private synchronized void again() {
        scheduled = false;
        schedule(progress.retry());
    }

    private void readFirst() throws SQLException {
        if (restore != null && !progress.isKnown()) {
            long now = surelyBegun();
            table.settle(oldest(now), newest()).forEach(ofThen(now, restore));
            progress.known(true);
            progress.succeeded(0);
        }
        boolean unused = begun.tryComplete();
    }

    /**
     * What time it is, or a time before that is sure to have come, as something was used by then: at a start the clock may be
     * ahead, and what is not read by it would be granted again once it is right.
     */
    private long surelyBegun() throws SQLException {
        return Math.min(clock.getAsLong(), table.newest(newest()));
    }

    /** A reader that hears nothing of periods that were over then. */
    private static BiConsumer<String, TrafficUsage> ofThen(long now, BiConsumer<String, TrafficUsage> reader) {
        return (counter, usage) -> {
            if (!PastTraffic.isPast(counter, usage.period(), now)) {
                reader.accept(counter, usage);
            }
        };
    }

    /** When the oldest period began that may still be under way. */
    private static long oldest(long now) {
        return now - Period.LONGEST;
    }

    /** What began later is of a clock that was wrong: it would lock users out until then. */
    private long newest() {
        return clock.getAsLong() + AHEAD;
    }

    private void save(Map<String, TrafficUsage> usages) throws SQLException {
        Map<String, TrafficUsage> part = new HashMap<>();
        for (Map.Entry<String, TrafficUsage> each : usages.entrySet()) {
            part.put(each.getKey(), each.getValue());
            if (part.size() == BATCH) {
                savePart(part);
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            savePart(part);
        }
    }

    /** What a database will never take, such as a name in characters that it does not have, does not hold up the others. */
    private void savePart(Map<String, TrafficUsage> part) throws SQLException {
        try {
            table.save(part);
            progress.succeeded(part.size());
        } catch (SQLException e) {
            if (!UsageTable.isWrongData(e)) {
                throw e;
            } else if (part.size() > 1) {
                for (Map.Entry<String, TrafficUsage> each : part.entrySet()) {
                    savePart(Map.of(each.getKey(), each.getValue()));
                }
            } else {
                unwritable.warn("usage store of the %s: %s cannot be written: %s"
                        .formatted(name, part.keySet(), e.getMessage()));
            }
        }
    }

    /** Some of it in each turn, so that what is to be written does not wait. */
    private void prune() {
        long now = clock.getAsLong();
        if (!steady.isSteady()) {
            pruneAt = Long.MIN_VALUE;
        } else if (now >= pruneAt) {
            try {
                if (table.prune(oldest(now), newest())) {
                    pruneAt = now + PRUNING;
                } else {
                    schedule(pause);
                }
            } catch (SQLException | RuntimeException failure) {
                pruneAt = now + PRUNING;
                LOG.warn(
                        "usage store of the {}: old periods cannot be deleted (next try in an hour): {}",
                        name,
                        failure.getMessage());
            }
        }
    }

    /**
     * Reads what was used before, of each counter in the newest period unless that is surely over. Blocks.
     *
     * @throws SQLException if it cannot be read now
     */
    public void read(BiConsumer<String, TrafficUsage> reader) throws SQLException {
        try {
            long now = surelyBegun();
            table.load(oldest(now), newest(), ofThen(now, reader));
            progress.succeeded(0);
            progress.known(true);
        } catch (SQLException failure) { // what the reader throws is not the database's
            progress.failed("what was used cannot be read", failure);
            throw failure;
        }
    }

    /** Tells that what was used before need not be read, as others have. */
    public void known() {
        progress.known(true);
    }

    public UsageStoreStatus status() {
        return progress.status(pending.size());
    }

    /** Writes what is left and closes the database. Blocks, for some seconds at most. */
    @Override
    public void close() {
        boolean used;
        synchronized (this) {
            used = started;
            closed = true;
        }
        if (used) {
            thread.execute(this::turn);
        }
        thread.shutdown(); // what was scheduled for later is dropped
        try {
            if (!thread.awaitTermination(CLOSING, TimeUnit.SECONDS) || !pending.isEmpty()) {
                LOG.warn("usage store of the {}: {} counters could not be written", name, pending.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
