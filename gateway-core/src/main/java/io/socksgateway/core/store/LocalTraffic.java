package io.socksgateway.core.store;

import io.socksgateway.core.quota.PastTraffic;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficUsage;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Traffic counted by one node, written down before it is granted.
 *
 * <pre>
 * charged            covered
 *    |--- ahead ---|
 * </pre>
 *
 * <p>A little more is written down than was granted, and the more the faster it is used up, so that most grants need not wait
 * for that and a busy counter costs a few writes a second; what was given back is written down to the octet. A process that is
 * killed loses the difference to its users, and grants nothing twice.
 *
 * <p>Thread-safe.
 */
final class LocalTraffic {

    /** What is written down ahead is no more than this part of the limit, nor than so many octets. */
    private static final long PART = 64;

    private static final long USUAL = 64 << 20;

    /** The same where it is used up in no time. */
    private static final long PART_OF_BUSY = 256;

    private static final long MOST = 1 << 30;

    /** Milliseconds: what is used up in less is doubled the next time, and halved what lasts four times as long. */
    private static final long LASTS = 500;

    private static final Future<Void> WRITTEN = Future.succeededFuture();

    private final LongSupplier clock;
    private final UsageLog log;
    private final ConcurrentMap<String, Counted> counters = new ConcurrentHashMap<>();

    /**
     * Nothing counted yet.
     *
     * @param clock milliseconds since 1970
     */
    LocalTraffic(LongSupplier clock, UsageLog log) {
        this.clock = clock;
        this.log = log;
    }

    /**
     * One counter.
     *
     * @param end when its period is over, or later; milliseconds since 1970
     * @param covered octets that may be charged before there is something to write down
     * @param ahead octets that were written down ahead the last time
     * @param writtenAt when it was handed over to be written; milliseconds since 1970
     * @param written when it was written
     */
    private record Counted(
            TrafficUsage usage, long end, long covered, long ahead, long writtenAt, Future<Void> written) {

        Counted using(TrafficUsage other) {
            return new Counted(other, end, covered, ahead, writtenAt, written);
        }
    }

    Future<Answer> reserve(String counter, Ask ask, Supply.Budget budget) {
        Answer[] answer = new Answer[1];
        // the log is told in here, so that it hears of changes in their order
        Counted counted = counters.compute(counter, (name, before) -> {
            TrafficUsage.Result result = TrafficUsage.reserve(usage(before), ask, budget.period(), budget.octets());
            answer[0] = result.answer();
            TrafficUsage usage = result.usage();
            if (before != null && usage.equals(before.usage)) {
                return before;
            }
            boolean begins = before == null || before.usage.period() != usage.period();
            if (!begins && ask.wanted() > 0 && usage.charged() <= before.covered) {
                return before.using(usage);
            }
            long now = clock.getAsLong();
            long ahead = ask.wanted() > 0 ? ahead(begins ? null : before, budget.octets(), now) : 0;
            long end = before == null || usage.period() == budget.period() ? budget.end() : before.end;
            TrafficUsage told = usage.ahead(ask.node(), ahead);
            return new Counted(usage, end, told.charged(), ahead, now, log.changed(counter, told));
        });
        return counted.written.isComplete()
                ? Future.succeededFuture(answer[0])
                : counted.written.map(written -> answer[0]);
    }

    private static long ahead(@Nullable Counted before, long limit, long now) {
        long usual = Math.min(USUAL, limit / PART);
        if (before == null) {
            return usual;
        }
        long lasted = now - before.writtenAt;
        if (lasted < LASTS) {
            return Math.max(usual, Math.min(Math.min(MOST, limit / PART_OF_BUSY), before.ahead * 2));
        }
        return lasted > 4 * LASTS ? Math.max(usual, before.ahead / 2) : Math.max(usual, before.ahead);
    }

    private static @Nullable TrafficUsage usage(@Nullable Counted counted) {
        return counted == null ? null : counted.usage;
    }

    /** Adds what was written down before. */
    void restore(String counter, TrafficUsage kept) {
        counters.compute(counter, (name, before) -> {
            if (before == null || before.usage.period() < kept.period()) {
                return new Counted(kept, PastTraffic.end(counter, kept.period()), kept.charged(), 0, 0, WRITTEN);
            }
            TrafficUsage both = before.usage.merge(kept);
            long covered = before.covered + both.charged() - before.usage.charged();
            return new Counted(both, before.end, covered, before.ahead, before.writtenAt, before.written);
        });
    }

    Future<Boolean> forgive(String counter) {
        boolean[] changed = new boolean[1];
        Counted counted = counters.computeIfPresent(counter, (name, before) -> {
            TrafficUsage usage = before.usage.forgiven(UUID.randomUUID());
            changed[0] = !usage.equals(before.usage);
            return changed[0]
                    ? new Counted(usage, before.end, usage.charged(), 0, clock.getAsLong(), log.changed(counter, usage))
                    : before;
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

    /** Forgets periods that have been over for so long that nobody counts in them any more. */
    void forget(long now) {
        counters.values().removeIf(counted -> counted.end <= now - PastTraffic.LATE);
    }
}
