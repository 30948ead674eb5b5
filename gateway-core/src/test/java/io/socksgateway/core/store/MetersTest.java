package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes with sessions over one store: what they may move in the end. */
class MetersTest {

    private static final int READ = 64 << 10;
    private static final long MIB = 1 << 20;

    private final FakeStore store = new FakeStore();
    private final List<String> reports = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Node one = new Node();
    private final Node two = new Node();

    private final class Node {
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

    private static final class Session {
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

    private static QuotaRule traffic(long octets, Counted counted, Period per) {
        TrafficLimit limit = new TrafficLimit(octets, per, counted, ZoneOffset.UTC);
        return new QuotaRule("volume", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.NONE, limit, null);
    }

    private static TrafficLimit monthly(long octets) {
        return new TrafficLimit(octets, Period.MONTH, Counted.TOTAL, ZoneOffset.UTC);
    }

    private static QuotaRule traffic(long octets) {
        return traffic(octets, Counted.TOTAL, Period.MONTH);
    }

    private static QuotaRule bandwidth(long up, long down) {
        return new QuotaRule(
                "speed", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.NONE, null, new Bandwidth(up, down));
    }

    private void pass(long millis) {
        for (long end = store.now + millis; store.now < end; ) {
            store.now += Meters.PERIOD;
            one.meters.look();
            two.meters.look();
            List<Runnable> now = List.copyOf(later);
            later.clear();
            now.forEach(Runnable::run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 65_537, 10_000_000, 1_234_567_891})
    void toTheOctetWhoeverMovesThem(long octets) {
        Session here = one.open(traffic(octets));
        Session there = two.open(traffic(octets));
        for (int i = 0; here.allowance.usedUp() == null || there.allowance.usedUp() == null; i++) {
            here.moveAll(Direction.UP);
            there.move(Direction.DOWN, 1_000);
            pass(100);
            assertThat(here.moved + there.moved).isLessThanOrEqualTo(octets);
            assertThat(i).as("tries").isLessThan(10_000);
        }
        assertThat(here.moved + there.moved).isEqualTo(octets);
        assertThat(here.allowance.usedUp()).isEqualTo("volume");
        assertThat(two.open(traffic(octets)).begun.result()).isFalse();
    }

    @Test
    void aChunkIsEnoughForManyReadsAndGrowsWithDemand() {
        Session session = one.open(traffic(100_000 * MIB));
        for (int i = 0; i < 16 * 1_024; i++) {
            assertThat(session.move(Direction.UP, READ)).isEqualTo(READ);
            store.now += i % 8 == 0 ? 1 : 0;
        }
        assertThat(session.moved).isEqualTo(1_024 * MIB);
        assertThat(store.asks).isLessThan(60);
    }

    @Test
    void whatIsNotMovedForSecondsIsGivenBack() {
        Session idle = one.open(traffic(MIB));
        assertThat(idle.begun.result()).isTrue();
        Session busy = two.open(traffic(MIB));
        busy.moveAll(Direction.UP);
        assertThat(busy.moved).isLessThan(MIB);
        assertThat(busy.allowance.usedUp()).isNull();
        for (int i = 0; i < 100; i++) {
            pass(100);
            busy.moveAll(Direction.UP);
        }
        assertThat(busy.moved).isEqualTo(MIB);
        pass(1_000);
        assertThat(idle.move(Direction.UP, 1)).isZero();
        assertThat(idle.allowance.usedUp()).isEqualTo("volume");
    }

    @Test
    void whatADeadNodeHeldIsWaitedForAndThenGivenUp() {
        Session dead = one.open(traffic(MIB));
        assertThat(dead.begun.result()).isTrue();
        Session living = two.open(traffic(MIB));
        for (int i = 0; i < 150; i++) {
            living.moveAll(Direction.UP);
            store.now += 100;
            two.meters.look();
        }
        assertThat(living.allowance.usedUp()).isEqualTo("volume");
        assertThat(living.moved).isBetween(MIB - MIB / 8, MIB - 1);
    }

    @Test
    void onlyTheDirectionThatCountsIsLimited() {
        Session session = one.open(traffic(1_000, Counted.DOWN, Period.DAY));
        assertThat(session.move(Direction.UP, 5_000)).isEqualTo(5_000);
        assertThat(session.move(Direction.DOWN, 5_000)).isEqualTo(1_000);
        assertThat(session.move(Direction.UP, 5_000)).isEqualTo(5_000);
    }

    @Test
    void theNextPeriodBeginsWithAllOfItAndNothingOfTheOld() {
        Session session = one.open(traffic(10 * MIB, Counted.TOTAL, Period.HOUR));
        session.moveAll(Direction.UP);
        assertThat(session.moved).isEqualTo(10 * MIB);
        List<String> called = new ArrayList<>();
        long end = Period.HOUR.endOf(store.now, ZoneOffset.UTC);
        pass(end - store.now - 100);
        session.allowance.await(Direction.UP, () -> called.add("used up"));
        pass(1_000);
        assertThat(called).isNotEmpty();
        session.moved = 0;
        for (int i = 0; i < 50; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isEqualTo(10 * MIB);
    }

    @Test
    void whatIsGivenBackAfterThePeriodIsNotUsedInTheNext() {
        Session session = one.open(traffic(100_000, Counted.TOTAL, Period.HOUR));
        assertThat(session.move(Direction.UP, 60_000)).isEqualTo(60_000);
        store.now = Period.HOUR.endOf(store.now, ZoneOffset.UTC);
        one.meters.look();
        assertThat(session.move(Direction.UP, 1)).isZero();
        session.allowance.giveBack(Direction.UP, 60_000);
        pass(200);
        session.moved = 0;
        for (int i = 0; i < 50; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isEqualTo(100_000);
    }

    @Test
    void theTightestOfSeveralDecides() {
        Session session = new Session(one.meters.claim());
        assertThat(session.claim
                        .traffic(traffic(5_000), monthly(5_000), "a", store)
                        .result())
                .isTrue();
        QuotaRule tight = new QuotaRule(
                "tight", QuotaKey.GROUP, QuotaScope.CLUSTER, false, SessionLimit.NONE, monthly(3_000), null);
        assertThat(session.claim.traffic(tight, monthly(3_000), "b", store).result())
                .isTrue();
        session.allowance = session.claim.allowance();
        assertThat(session.move(Direction.UP, READ)).isEqualTo(3_000);
        assertThat(session.move(Direction.UP, READ)).isZero();
        pass(100);
        assertThat(session.allowance.usedUp()).isEqualTo("tight");
        Session other = one.open(traffic(5_000));
        assertThat(other.begun.result()).isTrue();
    }

    @Test
    void aStoreThatFailsRefusesWhoBeginsAndLosesNothing() {
        Session session = one.open(traffic(MIB));
        assertThat(session.move(Direction.UP, 1_000)).isEqualTo(1_000);
        store.broken = new IllegalStateException("down");
        store.doesIt = true;
        session.moveAll(Direction.UP);
        assertThat(two.open(traffic(MIB)).begun.failed()).isTrue();
        assertThat(reports).isNotEmpty();
        for (int i = 0; i < 30; i++) {
            pass(100);
            session.moveAll(Direction.UP);
        }
        assertThat(session.moved).isLessThan(MIB);
        store.broken = null;
        for (int i = 0; i < 130; i++) {
            pass(100);
            session.moveAll(Direction.UP);
        }
        // also what was granted to the other, which has never heard of it, and tells that it has moved nothing
        assertThat(session.moved).isEqualTo(MIB);
    }

    @Test
    void whatIsGivenBackToAStoreThatFailsIsTriedAgainAfterAPauseAndThenDone() {
        Session idle = one.open(traffic(MIB));
        assertThat(idle.begun.result()).isTrue();
        store.broken = new IllegalStateException("down");
        int asks = store.asks;
        pass(10_000);
        assertThat(store.asks - asks).isBetween(2, 20);
        store.broken = null;
        pass(1_000);
        Session other = two.open(traffic(MIB));
        for (int i = 0; i < 20; i++) {
            other.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(other.moved).isEqualTo(MIB);
    }

    @Test
    void sessionsMoveOnWhileAnAnswerIsUnderWay() {
        Session session = one.open(traffic(100 * MIB));
        store.hold();
        long before = session.moved;
        session.moveAll(Direction.UP);
        assertThat(session.moved - before).isGreaterThanOrEqualTo(TrafficPlan.SMALLEST_CHUNK / 2);
        store.go();
        session.moveAll(Direction.UP);
        assertThat(session.moved).isEqualTo(100 * MIB);
    }

    @Test
    void aMeterThatNobodyUsesIsForgottenAndCountsOn() {
        Session session = one.open(traffic(1_000));
        assertThat(session.move(Direction.UP, 400)).isEqualTo(400);
        session.claim.close();
        assertThat(one.meters.size()).isEqualTo(1);
        pass(15_000);
        assertThat(one.meters.size()).isZero();
        Session again = one.open(traffic(1_000));
        again.moveAll(Direction.UP);
        assertThat(again.moved).isEqualTo(600);
    }

    @Test
    void closingGivesBackWhatWasReserved() {
        assertThat(one.open(traffic(MIB)).begun.result()).isTrue();
        assertThat(one.meters.close().succeeded()).isTrue();
        Session other = two.open(traffic(MIB));
        for (int i = 0; i < 20; i++) {
            other.moveAll(Direction.UP);
            store.now += 100;
            two.meters.look();
        }
        assertThat(other.moved).isEqualTo(MIB);
    }

    @Test
    void closingWaitsForTheAnswerUnderWayAndGivesThatBackToo() {
        store.hold();
        Session session = one.open(traffic(MIB));
        Future<?> closed = one.meters.close();
        assertThat(closed.isComplete()).isFalse();
        store.go();
        assertThat(closed.succeeded()).isTrue();
        assertThat(session.move(Direction.UP, 1)).isZero();
    }

    /** Ten seconds in which a node has endless demand when the test says so; how much was moved. */
    private long run(QuotaRule rule, Direction direction, Demand demand) {
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

    private interface Demand {
        boolean has(int node, long now);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 2_500_000, 1_250_000_000})
    void tenSecondsHaveTenTimesTheRate(long rate) {
        Percentage tolerance = Percentage.withPercentage(5);
        QuotaRule rule = bandwidth(Bandwidth.UNLIMITED, rate);
        assertThat(run(rule, Direction.DOWN, (node, now) -> node == 0)).isCloseTo(10 * rate, tolerance);
        assertThat(run(rule, Direction.DOWN, (node, now) -> true)).isCloseTo(10 * rate, tolerance);
        assertThat(run(rule, Direction.DOWN, (node, now) -> now / 2_000 % 2 == node))
                .isCloseTo(10 * rate, tolerance);
    }

    @Test
    void theOtherDirectionIsNotLimited() {
        Session session = one.open(bandwidth(1_000, Bandwidth.UNLIMITED));
        assertThat(session.move(Direction.DOWN, READ)).isEqualTo(READ);
        assertThat(session.move(Direction.UP, READ)).isLessThan(1_000);
    }

    @Test
    void sessionsThatWaitShareABandwidthInTurn() {
        QuotaRule rule = bandwidth(Bandwidth.UNLIMITED, 1_000_000);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sessions.add(one.open(rule));
        }
        sessions.forEach(session -> pump(session));
        pass(1_000); // the first to come has the full bucket
        sessions.forEach(session -> session.moved = 0);
        pass(10_000);
        for (Session session : sessions) {
            assertThat(session.moved).isCloseTo(1_000_000, Percentage.withPercentage(5));
        }
    }

    /** As a tunnel does: a read, and what is not to be had is waited for. */
    private void pump(Session session) {
        if (session.move(Direction.DOWN, READ) == READ) {
            pump(session);
        } else {
            session.allowance.await(Direction.DOWN, () -> later.add(() -> pump(session)));
        }
    }

    @Test
    void withoutDemandABandwidthIsNotAskedFor() {
        Session session = one.open(bandwidth(1_000_000, 1_000_000));
        session.moveAll(Direction.UP);
        pass(2_000);
        int asks = store.asks;
        pass(60_000);
        assertThat(store.asks).isEqualTo(asks);
    }

    private static final long HOUR = 3_600_000;

    /** With sessions that have moved octets before, and with one that begins afterwards. */
    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR, 10_000, -10_000, 400 * 24 * HOUR})
    void aClockThatIsSetChangesNoBandwidth(long set) {
        long rate = 2_500_000;
        QuotaRule rule = bandwidth(Bandwidth.UNLIMITED, rate);
        assertThat(run(rule, Direction.DOWN, (node, now) -> true)).isCloseTo(10 * rate, Percentage.withPercentage(5));
        store.set += set;
        assertThat(run(rule, Direction.DOWN, (node, now) -> true)).isCloseTo(10 * rate, Percentage.withPercentage(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR, 10_000, -10_000})
    void aClockThatIsSetHoldsNobodyUpAndGrantsNothingTwice(long set) {
        QuotaRule rule = traffic(100 * MIB, Counted.TOTAL, Period.MONTH);
        Session session = one.open(rule);
        session.move(Direction.UP, READ);
        pass(10_000); // so that it has given back, and was told so
        store.set += set;
        for (int i = 0; i < 20; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isEqualTo(100 * MIB);
        assertThat(two.open(rule).begun.result()).isFalse();
    }

    /** What was begun is gone on with, whoever has seen it: no period has more than its limit. */
    @Test
    void aClockThatIsSetBackOverTheBeginningOfAPeriodDoesNotBeginItAgain() {
        QuotaRule rule = traffic(MIB, Counted.TOTAL, Period.HOUR);
        pass(Period.HOUR.endOf(store.now, ZoneOffset.UTC) - store.now + 100);
        Session session = one.open(rule);
        session.moveAll(Direction.UP);
        assertThat(session.moved).isPositive();
        store.set -= HOUR / 2;
        for (int i = 0; i < 50; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isEqualTo(MIB);
        session.claim.close();
        pass(15_000);
        assertThat(one.meters.size()).isZero();
        assertThat(one.open(rule).begun.result()).as("in the same period").isFalse();

        pass(2 * HOUR);
        Session next = one.open(rule);
        for (int i = 0; i < 50; i++) {
            next.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(next.moved).isEqualTo(MIB);
    }

    /** A node that was started after the clock was set back, and does not know of the period that the others are in. */
    @Test
    void whoIsInAnEarlierPeriodThanTheStoreAsksNowAndThenUntilItIsOver() {
        QuotaRule rule = traffic(MIB, Counted.TOTAL, Period.HOUR);
        pass(Period.HOUR.endOf(store.now, ZoneOffset.UTC) - store.now + 100);
        Session before = one.open(rule);
        before.moveAll(Direction.UP);
        store.set -= HOUR / 2;
        Session session = two.open(rule);
        int asks = store.asks;
        for (int i = 0; i < 100; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isZero();
        assertThat(session.begun.result()).isFalse();
        session.claim.close();
        pass(10_000);
        assertThat(store.asks - asks).isLessThan(100);
        session = two.open(rule);
        before.claim.close();
        pass(HOUR / 2);
        for (int i = 0; i < 50; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(before.moved + session.moved).isEqualTo(MIB);
    }

    @Test
    void aTrafficThatIsLoweredHoldsAtOnceForAllAndToTheOctet() {
        Session here = one.open(traffic(100 * MIB));
        Session there = two.open(traffic(100 * MIB));
        here.move(Direction.UP, READ);
        there.move(Direction.UP, READ);
        List<QuotaRule> lowered = List.of(traffic(3 * MIB));
        one.meters.use(lowered);
        two.meters.use(lowered);
        for (int i = 0; i < 200; i++) {
            here.moveAll(Direction.UP);
            there.moveAll(Direction.DOWN);
            pass(100);
        }
        assertThat(here.moved + there.moved).isEqualTo(3 * MIB);
        assertThat(here.allowance.usedUp()).isEqualTo("volume");
        assertThat(one.open(traffic(3 * MIB)).begun.result()).isFalse();
    }

    @Test
    void aTrafficThatIsRaisedIsThereForThoseThatWait() {
        Session idle = two.open(traffic(2 * MIB)); // holds some: so who comes later has to wait
        Session session = one.open(traffic(2 * MIB));
        session.moveAll(Direction.UP);
        pass(600);
        session.moveAll(Direction.UP);
        long before = session.moved;
        assertThat(before).isLessThanOrEqualTo(2 * MIB);
        session.allowance.await(Direction.UP, () -> session.moveAll(Direction.UP));
        one.meters.use(List.of(traffic(20 * MIB)));
        pass(200);
        assertThat(session.moved).isGreaterThan(2 * MIB);
        assertThat(session.allowance.usedUp()).isNull();
        assertThat(idle.begun.result()).isTrue();
    }

    @Test
    void whoComesUnderAnotherLimitBringsItForAll() {
        Session before = one.open(traffic(100 * MIB));
        before.move(Direction.UP, READ);
        Session after = one.open(traffic(MIB));
        for (int i = 0; i < 50; i++) {
            before.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(before.moved + after.moved).isEqualTo(MIB);
    }

    @Test
    void anAnswerToAnAskUnderTheLimitOfBeforeSaysNothingOfTheLimitOfNow() {
        Session session = one.open(traffic(MIB));
        pass(600);
        session.moveAll(Direction.UP);
        store.hold();
        pass(600);
        session.moveAll(Direction.UP);
        one.meters.use(List.of(traffic(10 * MIB)));
        store.go();
        assertThat(session.allowance.usedUp()).isNull();
        for (int i = 0; i < 50; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isEqualTo(10 * MIB);
    }

    @Test
    void anotherBandwidthHoldsAtOnceForThoseThatAreThere() {
        Session session = one.open(bandwidth(1_000_000, Bandwidth.UNLIMITED));
        for (int i = 0; i < 40; i++) {
            session.moveAll(Direction.UP);
            pass(50);
        }
        one.meters.use(List.of(bandwidth(4_000_000, Bandwidth.UNLIMITED)));
        for (int i = 0; i < 10; i++) {
            session.moveAll(Direction.UP);
            pass(50);
        }
        long before = session.moved;
        for (int i = 0; i < 60; i++) {
            session.moveAll(Direction.UP);
            pass(50);
        }
        assertThat(session.moved - before).isCloseTo(12_000_000, Percentage.withPercentage(5));
    }

    @Test
    void aQuotaThatIsGoneOrCountsInAnotherPeriodGoesOnForThoseThatAreThere() {
        Session session = one.open(traffic(MIB));
        one.meters.use(List.of());
        one.meters.use(List.of(traffic(50 * MIB, Counted.TOTAL, Period.DAY)));
        for (int i = 0; i < 50; i++) {
            session.moveAll(Direction.UP);
            pass(100);
        }
        assertThat(session.moved).isEqualTo(MIB);
    }
}
