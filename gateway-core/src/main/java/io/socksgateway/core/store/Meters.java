package io.socksgateway.core.store;

import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.TrafficLimit;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits on octets of this node: one meter for each counter that has sessions here, or had some a moment ago.
 *
 * <p>Confined to its event loop; the allowances are not.
 */
public final class Meters {

    private final Executor loop;
    private final BiConsumer<String, Throwable> report;
    private final UUID node = UUID.randomUUID();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Key, Metering> meters = new HashMap<>();
    private final LongSupplier millis;
    private final Map<QuotaStore, Calendar> calendars = new HashMap<>();

    /**
     * No meters yet.
     *
     * @param loop where stores' answers are taken
     * @param report hears which counter a store could not tell anything about, and why
     */
    public Meters(Executor loop, BiConsumer<String, Throwable> report) {
        this(loop, report, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /**
     * The same with another clock.
     *
     * @param millis never set
     */
    public Meters(Executor loop, BiConsumer<String, Throwable> report, LongSupplier millis) {
        this.loop = loop;
        this.report = report;
        this.millis = millis;
    }

    private record Key(QuotaStore store, String counter) {}

    /**
     * What a meter is for.
     *
     * @param direction of a bandwidth; null for traffic
     */
    private record Purpose(
            String quota,
            @Nullable Direction direction,
            @Nullable String period) {

        static Purpose traffic(String quota, TrafficLimit limit) {
            return new Purpose(quota, null, limit.period());
        }

        static Purpose bandwidth(String quota, Direction direction) {
            return new Purpose(quota, direction, null);
        }
    }

    private record Metering(Meter meter, Purpose purpose) {}

    /** Collects the limits that concern a session, and is its allowance's other end: closed when the session has ended. */
    public final class Claim implements AutoCloseable {
        private final List<MeteredAllowance.Tap> up = new ArrayList<>();
        private final List<MeteredAllowance.Tap> down = new ArrayList<>();
        private final List<Meter> joined = new ArrayList<>();

        private Claim() {}

        /** Adds the bandwidth of a rule, if it limits any. */
        public void bandwidth(QuotaRule rule, String counter, QuotaStore store) {
            Bandwidth bandwidth = rule.bandwidth();
            for (Direction direction : Direction.values()) {
                if (bandwidth != null && bandwidth.limits(direction)) {
                    Purpose purpose = Purpose.bandwidth(rule.name(), direction);
                    RatePlan plan = new RatePlan(bandwidth.of(direction));
                    Meter meter = join(store, direction + "/" + counter, purpose, plan);
                    taps(direction)
                            .add(new MeteredAllowance.Tap(meter.tank(), rule.name(), credit(bandwidth.of(direction))));
                }
            }
        }

        /**
         * Adds the traffic of a rule.
         *
         * @return whether there is any left; fails if the store cannot tell
         */
        public Future<Boolean> traffic(QuotaRule rule, TrafficLimit limit, String counter, QuotaStore store) {
            Meter meter = join(store, counter, Purpose.traffic(rule.name(), limit), new TrafficPlan(limit));
            for (Direction direction : Direction.values()) {
                if (limit.counted().includes(direction)) {
                    taps(direction).add(new MeteredAllowance.Tap(meter.tank(), rule.name(), Tank.NO_CREDIT));
                }
            }
            return meter.begin();
        }

        /**
         * A node without traffic holds nothing, but the first datagrams need not be lost for that: a tenth of a second, and a
         * few datagrams of the usual length.
         */
        private static long credit(long rate) {
            return Math.max(rate / 10, 4_096);
        }

        private List<MeteredAllowance.Tap> taps(Direction direction) {
            return direction == Direction.UP ? up : down;
        }

        private Meter join(QuotaStore store, String counter, Purpose purpose, Plan plan) {
            Meter meter = meters.computeIfAbsent(
                            new Key(store, counter), key -> new Metering(meter(store, counter, plan), purpose))
                    .meter();
            meter.use(plan);
            meter.join();
            joined.add(meter);
            return meter;
        }

        public Allowance allowance() {
            return joined.isEmpty() ? Allowance.unlimited() : new MeteredAllowance(up, down);
        }

        @Override
        public void close() {
            joined.forEach(Meter::leave);
            joined.clear();
        }
    }

    public Claim claim() {
        return new Claim();
    }

    private Meter meter(QuotaStore store, String counter, Plan plan) {
        Calendar calendar = calendars.computeIfAbsent(store, one -> new Calendar(one::now, millis));
        return new Meter(
                counter,
                plan,
                new Meter.Surroundings(store, node, numbers::incrementAndGet, millis, calendar, loop, report));
    }

    /**
     * Limits are what these rules say from now on, for sessions that are there too, if they count in the same period. A quota
     * that is gone, or limits no octets any more, goes on for the sessions that it concerns.
     */
    public void use(List<QuotaRule> rules) {
        Map<Purpose, Supplier<Plan>> plans = new HashMap<>();
        for (QuotaRule rule : rules) {
            TrafficLimit traffic = rule.traffic();
            if (traffic != null) {
                plans.put(Purpose.traffic(rule.name(), traffic), () -> new TrafficPlan(traffic));
            }
            Bandwidth bandwidth = rule.bandwidth();
            for (Direction direction : Direction.values()) {
                if (bandwidth != null && bandwidth.limits(direction)) {
                    long rate = bandwidth.of(direction);
                    plans.put(Purpose.bandwidth(rule.name(), direction), () -> new RatePlan(rate));
                }
            }
        }
        for (Metering each : List.copyOf(meters.values())) {
            Supplier<Plan> plan = plans.get(each.purpose());
            if (plan != null) {
                each.meter().use(plan.get());
            }
        }
    }

    /** To be called every {@link #PERIOD} milliseconds. */
    public void look() {
        meters.values().removeIf(each -> each.meter().isDisposable());
        List.copyOf(meters.values()).forEach(each -> each.meter().look());
    }

    /** Milliseconds between two looks. */
    public static final long PERIOD = 50;

    /** How many counters have a meter. */
    public int size() {
        return meters.size();
    }

    /** Gives everything back that was reserved. */
    public Future<@Nullable Void> close() {
        List<Future<Void>> closing = List.copyOf(meters.values()).stream()
                .map(each -> each.meter().close())
                .toList();
        meters.clear();
        return Future.join(closing).transform(done -> Future.succeededFuture());
    }
}
