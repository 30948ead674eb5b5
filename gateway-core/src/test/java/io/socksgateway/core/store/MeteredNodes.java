package io.socksgateway.core.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.quota.TrafficLimit.Counted;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Two nodes over one store, with a clock that the test sets. */
class MeteredNodes {

    static final long HOUR = 3_600_000;
    static final int READ = 64 << 10;
    static final long MIB = 1 << 20;

    final FakeStore store = new FakeStore();
    final List<String> reports = new ArrayList<>();
    final List<Runnable> later = new ArrayList<>();
    final Node one = new Node();
    final Node two = new Node();

    final class Node {
        final Meters meters = new Meters(Runnable::run, (counter, cause) -> reports.add(counter), () -> store.now);

        Session open(QuotaRule rule) {
            Session session = new Session(meters.claim());
            session.claim.bandwidth(rule, "counter", store);
            TrafficLimit limit = rule.traffic();
            session.begun =
                    limit == null ? Future.succeededFuture(true) : session.claim.traffic(rule, limit, "counter", store);
            session.allowance = session.claim.allowance();
            return session;
        }
    }

    static final class Session {
        final Meters.Claim claim;
        Allowance allowance = Allowance.unlimited();
        Future<Boolean> begun = Future.succeededFuture(false);
        long moved;

        Session(Meters.Claim claim) {
            this.claim = claim;
        }

        /** One read. */
        @CanIgnoreReturnValue
        int move(Direction direction, int most) {
            int taken = allowance.take(direction, most);
            moved += taken;
            return taken;
        }

        /** All that can be had now. */
        void moveAll(Direction direction) {
            while (move(direction, READ) > 0) {}
        }
    }

    static QuotaRule traffic(long octets, Counted counted, Period per) {
        TrafficLimit limit = new TrafficLimit(octets, per, counted, ZoneOffset.UTC);
        return new QuotaRule("volume", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.NONE, limit, null);
    }

    static TrafficLimit monthly(long octets) {
        return new TrafficLimit(octets, Period.MONTH, Counted.TOTAL, ZoneOffset.UTC);
    }

    static QuotaRule traffic(long octets) {
        return traffic(octets, Counted.TOTAL, Period.MONTH);
    }

    static QuotaRule bandwidth(long up, long down) {
        return new QuotaRule(
                "speed", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.NONE, null, new Bandwidth(up, down));
    }

    void pass(long millis) {
        for (long end = store.now + millis; store.now < end; ) {
            store.now += Meters.PERIOD;
            one.meters.look();
            two.meters.look();
            List<Runnable> now = List.copyOf(later);
            later.clear();
            now.forEach(Runnable::run);
        }
    }

    /** Ten seconds in which a node has endless demand when the test says so; how much was moved. */
    long run(QuotaRule rule, Direction direction, Demand demand) {
        Session here = one.open(rule);
        Session there = two.open(rule);
        long begin = store.now;
        while (store.now - begin < 10_000) {
            store.now += 10;
            if (store.now % Meters.PERIOD == 0) {
                one.meters.look();
                two.meters.look();
            }
            if (demand.has(0, store.now - begin)) {
                here.moveAll(direction);
            }
            if (demand.has(1, store.now - begin)) {
                there.moveAll(direction);
            }
        }
        return here.moved + there.moved;
    }

    interface Demand {
        boolean has(int node, long now);
    }

    /** A session that moves up all it may, so many times, and so many milliseconds pass after each. */
    void moveAllEvery(long millis, Session session, int times) {
        for (int i = 0; i < times; i++) {
            session.moveAll(Direction.UP);
            pass(millis);
        }
    }

    /** As a tunnel does: a read, and what is not to be had is waited for. */
    void pump(Session session) {
        if (session.move(Direction.DOWN, READ) == READ) {
            pump(session);
        } else {
            session.allowance.await(Direction.DOWN, () -> later.add(() -> pump(session)));
        }
    }
}
