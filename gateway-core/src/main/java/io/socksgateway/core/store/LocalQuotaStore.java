package io.socksgateway.core.store;

import io.socksgateway.core.quota.RateShares;
import io.socksgateway.core.quota.RecentStarts;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one node, in memory.
 *
 * <p>Thread-safe.
 */
public final class LocalQuotaStore implements QuotaStore, QuotaUses {

    private static final Future<Boolean> YES = Future.succeededFuture(true);
    private static final Future<Boolean> NO = Future.succeededFuture(false);

    /** At least so many calls are between two looks for counters that can be forgotten; as many as there are, if more. */
    private static final int SWEEP = 1_024;

    private final LongSupplier clock;
    private final LongSupplier millis;
    /** Of whoever sweeps: one at a time. */
    private final SteadyClock steady;

    private final AtomicInteger callsToSweep = new AtomicInteger(SWEEP);
    private final ConcurrentMap<String, Sessions> sessions = new ConcurrentHashMap<>();
    private final LocalTraffic traffic;
    private final ConcurrentMap<String, RateShares> rates = new ConcurrentHashMap<>();

    private record Sessions(int open, RecentStarts recent) {
        private static final Sessions NONE = new Sessions(0, RecentStarts.NONE);
    }

    /** One that knows nothing any more after a restart. */
    public LocalQuotaStore() {
        this(System::currentTimeMillis, UsageLog.NOWHERE);
    }

    /**
     * One whose traffic is written down before it is granted.
     *
     * @param clock milliseconds since 1970
     */
    public LocalQuotaStore(LongSupplier clock, UsageLog log) {
        this(clock, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), log);
    }

    /**
     * The same with another clock for what goes by the second: starts and bandwidths.
     *
     * @param millis never set
     */
    LocalQuotaStore(LongSupplier clock, LongSupplier millis, UsageLog log) {
        this.clock = clock;
        this.millis = millis;
        this.steady = new SteadyClock(clock, () -> TimeUnit.MILLISECONDS.toNanos(millis.getAsLong()));
        this.traffic = new LocalTraffic(clock, log);
    }

    @Override
    public Future<Boolean> acquire(String counter, SessionLimit limit) {
        sweepNowAndThen();
        boolean[] granted = new boolean[1];
        sessions.compute(counter, (name, before) -> {
            Sessions held = before == null ? Sessions.NONE : before;
            boolean paced = limit.perSecond() != SessionLimit.UNLIMITED;
            long now = paced ? millis.getAsLong() : 0;
            granted[0] = held.open < limit.open() && (!paced || held.recent.room(limit.perSecond(), now) > 0);
            return granted[0] ? new Sessions(held.open + 1, paced ? held.recent.plus(1, now) : held.recent) : before;
        });
        return granted[0] ? YES : NO;
    }

    private void sweepNowAndThen() {
        if (callsToSweep.decrementAndGet() == 0) {
            long now = millis.getAsLong();
            rates.values().removeIf(shares -> shares.isForgotten(now));
            if (steady.isSteady()) { // what is forgotten too early would be granted again
                traffic.forget(clock.getAsLong());
            }
            sessions.values()
                    .removeIf(held -> held.open == 0 && held.recent.at(now).isEmpty());
            callsToSweep.set(Math.max(SWEEP, size()));
        }
    }

    @Override
    public void release(String counter) {
        sessions.computeIfPresent(counter, (name, held) -> {
            int open = Math.max(0, held.open - 1);
            RecentStarts recent = held.recent.isEmpty() ? held.recent : held.recent.at(millis.getAsLong());
            return open == 0 && recent.isEmpty() ? null : new Sessions(open, recent);
        });
    }

    /** How many counters are remembered. */
    int size() {
        return sessions.size() + rates.size() + traffic.names().size();
    }

    @Override
    public Future<Answer> reserve(String counter, Ask ask, Supply supply) {
        sweepNowAndThen();
        if (supply instanceof Supply.Budget budget) {
            return traffic.reserve(counter, ask, budget);
        }
        Supply.Rate rate = (Supply.Rate) supply;
        Answer[] answer = new Answer[1];
        rates.compute(counter, (name, before) -> {
            RateShares.Result result = RateShares.reserve(before, ask, rate.octetsPerSecond(), millis.getAsLong());
            answer[0] = result.answer();
            return result.shares();
        });
        return Future.succeededFuture(answer[0]);
    }

    /** Adds what was used before this store was there. */
    public void restore(String counter, TrafficUsage kept) {
        traffic.restore(counter, kept);
    }

    @Override
    public Future<List<CounterUse>> page(Prefix prefix, @Nullable String after, int most) {
        return Future.succeededFuture(
                Stream.concat(rests(sessions.keySet(), prefix.sessions()), rests(traffic.names(), prefix.traffic()))
                        .filter(rest -> after == null || rest.compareTo(after) > 0)
                        .distinct()
                        .sorted()
                        .map(rest -> use(prefix.with(rest)))
                        .filter(use -> use.sessions() > 0 || use.traffic() != null)
                        .limit(most)
                        .toList());
    }

    private static Stream<String> rests(Set<String> counters, String prefix) {
        return counters.stream().filter(name -> name.startsWith(prefix)).map(name -> name.substring(prefix.length()));
    }

    private CounterUse use(Prefix name) {
        Sessions held = sessions.getOrDefault(name.sessions(), Sessions.NONE);
        return new CounterUse(name.sessions(), held.open(), traffic.use(name.traffic()));
    }

    @Override
    public Future<Boolean> forgive(String counter) {
        return traffic.forgive(counter);
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    @Override
    public Future<Void> close() {
        sessions.clear();
        return Future.succeededFuture();
    }
}
