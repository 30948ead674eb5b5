package io.socksgateway.core.store;

import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Traffic counted by one node, written down before it is granted.
 *
 * <pre>
 * charged            covered
 *    |--- ahead ---|
 * </pre>
 *
 * <p>A little more is written down than was granted, so that most grants need not wait for that; what was given back is
 * written down to the octet. A process that is killed loses the difference to its users, and grants nothing twice.
 *
 * <p>Thread-safe.
 */
final class LocalTraffic {

    /** What is written down ahead is no more than this part of the limit. */
    private static final long PART = 64;

    /** Octets; as much as the largest chunk that is reserved at a time. */
    private static final long MOST_AHEAD = TrafficPlan.LARGEST_CHUNK;

    private static final Future<Void> WRITTEN = Future.succeededFuture();

    private final UsageLog log;
    private final ConcurrentMap<String, Counted> counters = new ConcurrentHashMap<>();

    LocalTraffic(UsageLog log) {
        this.log = log;
    }

    /**
     * One counter.
     *
     * @param end when its period is over, or later; milliseconds since 1970
     * @param covered octets that may be charged before there is something to write down
     * @param written when that is so
     */
    private record Counted(TrafficUsage usage, long end, long covered, Future<Void> written) {}

    Future<Answer> reserve(String counter, Ask ask, Supply.Budget budget) {
        Answer[] answer = new Answer[1];
        Counted counted = counters.compute(counter, (name, before) -> {
            TrafficUsage.Result result = TrafficUsage.reserve(usage(before), ask, budget.period(), budget.octets());
            answer[0] = result.answer();
            TrafficUsage usage = result.usage();
            if (before != null && usage.equals(before.usage)) {
                return before;
            }
            boolean begins = before == null || before.usage.period() != usage.period();
            if (!begins && ask.wanted() > 0 && usage.charged() <= before.covered) {
                return new Counted(usage, before.end, before.covered, before.written);
            }
            long ahead = ask.wanted() > 0 ? Math.min(MOST_AHEAD, budget.octets() / PART) : 0;
            long end = before == null || usage.period() == budget.period() ? budget.end() : before.end;
            return written(counter, usage, end, usage.ahead(ask.node(), ahead));
        });
        return counted.written.isComplete()
                ? Future.succeededFuture(answer[0])
                : counted.written.map(written -> answer[0]);
    }

    private Counted written(String counter, TrafficUsage usage, long end, TrafficUsage told) {
        // in here, so that the log hears of changes in their order
        return new Counted(usage, end, told.charged(), log.changed(counter, told));
    }

    private static @Nullable TrafficUsage usage(@Nullable Counted counted) {
        return counted == null ? null : counted.usage;
    }

    /** Adds what was written down before. */
    void restore(String counter, TrafficUsage kept) {
        counters.compute(counter, (name, before) -> {
            if (before == null || before.usage.period() < kept.period()) {
                return new Counted(kept, kept.period() + Period.LONGEST, kept.charged(), WRITTEN);
            }
            TrafficUsage both = before.usage.merge(kept);
            long covered = before.covered + both.charged() - before.usage.charged();
            return new Counted(both, before.end, covered, before.written);
        });
    }

    Future<Boolean> forgive(String counter) {
        boolean[] changed = new boolean[1];
        Counted counted = counters.computeIfPresent(counter, (name, before) -> {
            TrafficUsage usage = before.usage.forgiven(UUID.randomUUID());
            changed[0] = !usage.equals(before.usage);
            return changed[0] ? written(counter, usage, before.end, usage) : before;
        });
        return counted == null ? Future.succeededFuture(false) : counted.written.map(written -> changed[0]);
    }

    Set<String> names() {
        return counters.keySet();
    }

    CounterUse.@Nullable Traffic use(String counter) {
        TrafficUsage usage = usage(counters.get(counter));
        return usage == null ? null : new CounterUse.Traffic(usage.period(), usage.charged());
    }

    /** Forgets periods that are over. */
    void forget(long now) {
        counters.values().removeIf(counted -> counted.end <= now);
    }
}
