package io.socksgateway.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionLostEvent;
import io.socksgateway.cluster.usage.UsageDatabase;
import io.socksgateway.cluster.usage.UsageKeeper;
import io.socksgateway.cluster.usage.UsageStoreException;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.store.UsageStoreStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the traffic that a cluster counts over the end of all its nodes: each node writes what it owns, either to a database of
 * all or to a file of its own, and reads it when it starts.
 *
 * <p>What all share is read by the first node only, unless entries were lost with all members that had them; a file by its node
 * each time. What was counted before it was read, because the database was away, counts on top.
 *
 * <p>Thread-safe.
 */
public final class ClusterUsage {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterUsage.class);

    /** Milliseconds until what could not be read is tried again. */
    private static final long RETRY = 2_000;

    /** Milliseconds in which partitions that are lost together are told, one by one. */
    private static final long BURST = 200;

    /** Copies of an entry besides the owner's. */
    private static final int BACKUPS = 1;

    /** Milliseconds between the times that what has become ours is written: it does so some time after a member has left. */
    private static final long[] TAKING_OVER = {0, 1_000, 3_000, 10_000};

    /** Entries that are on their way to their owners at a time. */
    private static final int WINDOW = 1_000;

    /** In the cluster, for as long as it lasts: whether what was kept for all has been read. */
    private static final String MARKS = "socks-gateway.usage.v1";

    private static final String READ = "read";

    private final UsageDatabase database;
    private final UsageKeeper keeper;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, ClusterUsage::daemon);
    private final Promise<Void> begun = Promise.promise();
    private final AtomicBoolean beginning = new AtomicBoolean();
    private final AtomicBoolean readingAgain = new AtomicBoolean();
    private volatile @Nullable HazelcastInstance member;
    /** The next of {@link #TAKING_OVER}. */
    private int takeover = TAKING_OVER.length;

    private boolean takingOver;

    /**
     * One that keeps nothing yet.
     *
     * @param database closed with this
     */
    public ClusterUsage(UsageDatabase database) {
        this.database = database;
        this.keeper = UsageKeeper.ofCluster(database, this::now);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The time of the cluster while there is one. */
    private long now() {
        HazelcastInstance hazelcast = member;
        try {
            return hazelcast == null
                    ? System.currentTimeMillis()
                    : hazelcast.getCluster().getClusterTime();
        } catch (HazelcastInstanceNotActiveException e) {
            return System.currentTimeMillis();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "usage-restore");
        made.setDaemon(true);
        return made;
    }

    /** Has a member that is about to start write down what it owns. */
    void configure(Config settings) {
        settings.getMapConfig(OctetMaps.TRAFFIC).setMapStoreConfig(new UsageMapStore(keeper).config());
    }

    /** To be called once, when the member that was configured runs. */
    void started(HazelcastInstance hazelcast) {
        member = hazelcast;
        UUID unused = hazelcast.getPartitionService().addPartitionLostListener(this::lost);
        unused = hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {}

            @Override
            public void memberRemoved(MembershipEvent event) {
                takeOver();
            }
        });
    }

    /** It is told of each partition whose owner died, also if a copy of it became the owner. */
    private void lost(PartitionLostEvent event) {
        takeOver();
        if (isGone(event.getLostBackupCount()) && readingAgain.compareAndSet(false, true)) {
            schedule(this::readAgain, BURST);
        }
    }

    /**
     * Whether nobody has a copy any more.
     *
     * @param lostBackups copies that were lost besides the owner's
     */
    static boolean isGone(int lostBackups) {
        return lostBackups >= BACKUPS;
    }

    private synchronized void takeOver() {
        takeover = 0;
        if (!takingOver) {
            takingOver = true;
            schedule(this::writeOwn, TAKING_OVER[takeover++]);
        }
    }

    private synchronized void takenOver() {
        if (takeover < TAKING_OVER.length) {
            schedule(this::writeOwn, TAKING_OVER[takeover++]);
        } else {
            takingOver = false;
        }
    }

    /**
     * Reads what was used before, and tries again if that fails; once, however often it is called.
     *
     * @return completed when that was read, however often it is tried; fails if a file cannot be used
     */
    public Future<Void> begin() {
        if (beginning.compareAndSet(false, true)) {
            submit(this::read);
        }
        return begun.future();
    }

    private interface Work {
        void on(HazelcastInstance hazelcast) throws SQLException;
    }

    private void submit(Work work) {
        schedule(work, 0);
    }

    private void schedule(Work work, long delay) {
        if (!thread.isShutdown()) {
            var unused = thread.schedule(() -> run(work), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void run(Work work) {
        HazelcastInstance hazelcast = member;
        if (hazelcast == null) {
            return;
        }
        try {
            work.on(hazelcast);
        } catch (SQLException e) {
            if (UsageStoreException.concernsFile(e)) {
                boolean unused = begun.tryFail(e);
            }
            schedule(work, RETRY);
        } catch (RuntimeException | Error e) {
            if (!hazelcast.getLifecycleService().isRunning()) {
                return; // it was about to end
            }
            LOG.warn("usage store of the cluster: what was used cannot be brought back, tried again: {}", e.toString());
            schedule(work, RETRY);
        }
    }

    private void read(HazelcastInstance hazelcast) throws SQLException {
        IMap<String, Boolean> marks = hazelcast.getMap(MARKS);
        if (database.isFile() || marks.get(READ) == null) {
            restore(hazelcast);
            marks.set(READ, true);
        } else {
            keeper.known();
        }
        boolean unused = begun.tryComplete();
    }

    private void readAgain(HazelcastInstance hazelcast) throws SQLException {
        readingAgain.set(false); // what is lost from now on is not read yet
        if (database.isFile()
                || hazelcast.getCluster().getMembers().iterator().next().localMember()) {
            restore(hazelcast);
        }
    }

    private void restore(HazelcastInstance hazelcast) throws SQLException {
        IMap<String, TrafficUsage> traffic = hazelcast.getMap(OctetMaps.TRAFFIC);
        List<CompletionStage<?>> onTheirWay = new ArrayList<>();
        keeper.read((counter, usage) -> {
            onTheirWay.add(traffic.submitToKey(counter, new RestoreTraffic(usage)));
            if (onTheirWay.size() == WINDOW) {
                arrived(onTheirWay);
            }
        });
        arrived(onTheirWay);
    }

    private static void arrived(List<CompletionStage<?>> onTheirWay) {
        onTheirWay.forEach(each -> each.toCompletableFuture().join());
        onTheirWay.clear();
    }

    /** What a member owned that has left is ours now, in part, and it may have been the only one that wrote it down. */
    private void writeOwn(HazelcastInstance hazelcast) {
        IMap<String, TrafficUsage> traffic = hazelcast.getMap(OctetMaps.TRAFFIC);
        for (String counter : traffic.localKeySet()) {
            TrafficUsage usage = traffic.get(counter);
            if (usage != null) {
                var unused = keeper.changed(counter, usage);
            }
        }
        takenOver();
    }

    /** How the database gets on. */
    public UsageStoreStatus status() {
        return keeper.status();
    }

    /** Writes what is left and closes the database, after the member has ended. Blocks, for some seconds at most. */
    public void close() {
        thread.shutdownNow();
        keeper.close();
    }
}
