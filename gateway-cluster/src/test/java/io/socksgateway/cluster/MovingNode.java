package io.socksgateway.cluster;

import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.store.Meters;
import io.socksgateway.core.store.QuotaStore;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A node with one session that moves all it may while the test wants it to.
 *
 * <p>Thread-safe.
 */
final class MovingNode implements AutoCloseable {

    private static final int READ = 64 << 10;
    private static final long TURN = 5;

    /** How much faster the clock of one in a hurry is: it is patient for one second instead of eight. */
    private static final int HURRY = 8;

    private final AtomicLong moved = new AtomicLong();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final Meters meters = new Meters(loop, (counter, cause) -> {}, this::millis);
    private volatile long most;
    private volatile @Nullable Long hurriesSince;
    private volatile Allowance allowance = Allowance.unlimited();

    /** Opens the session; the future says whether there is traffic left. */
    Future<Boolean> open(QuotaStore store, QuotaRule rule, String counter) {
        return Future.<Boolean>future(begun -> loop.execute(() -> {
                    Meters.Claim claim = meters.claim();
                    claim.bandwidth(rule, counter, store);
                    TrafficLimit limit = rule.traffic();
                    Future<Boolean> some =
                            limit == null ? Future.succeededFuture(true) : claim.traffic(rule, limit, counter, store);
                    allowance = claim.allowance();
                    some.onComplete(begun);
                }))
                .onSuccess(some -> {
                    every(Meters.PERIOD, meters::look);
                    every(TURN, this::turn);
                });
    }

    private void every(long millis, Runnable task) {
        var unused = loop.scheduleAtFixedRate(task, 0, millis, TimeUnit.MILLISECONDS);
    }

    private void turn() {
        int taken = READ;
        while (moved.get() < most && taken > 0) {
            taken = allowance.take(Direction.UP, READ);
            moved.addAndGet(taken);
        }
    }

    private long millis() {
        long now = System.nanoTime();
        Long since = hurriesSince;
        return TimeUnit.NANOSECONDS.toMillis(since == null ? now : now + (now - since) * (HURRY - 1));
    }

    void move(boolean on) {
        most = on ? Long.MAX_VALUE : 0;
    }

    /** Moves so many octets, or a read more, and then no more, though it may hold some. */
    void moveUntil(long octets) {
        most = octets;
    }

    /** From now on it waits less long for what others hold and do not move. */
    void hurry() {
        hurriesSince = System.nanoTime();
    }

    long moved() {
        return moved.get();
    }

    boolean usedUp() {
        return allowance.usedUp() != null;
    }

    /** Stands still as a frozen process does, or goes as a dead one. */
    void stop() {
        loop.shutdownNow();
    }

    @Override
    public void close() throws TimeoutException {
        if (!loop.isShutdown()) {
            Await.result(Future.<Void>future(
                    closed -> loop.execute(() -> meters.close().onComplete(closed))));
        }
        loop.shutdownNow();
    }
}
