package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.TrafficLimit.Counted;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast sessions may move octets, and what limits and clocks that are set change. */
class MetersChangesTest extends MeteredNodes {

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

    @Test
    void withoutDemandABandwidthIsNotAskedFor() {
        Session session = one.open(bandwidth(1_000_000, 1_000_000));
        session.moveAll(Direction.UP);
        pass(2_000);
        int asks = store.asks;
        pass(60_000);
        assertThat(store.asks).isEqualTo(asks);
    }

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
        moveAllEvery(100, session, 20);
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
        moveAllEvery(100, session, 50);
        assertThat(session.moved).isEqualTo(MIB);
        session.claim.close();
        pass(15_000);
        assertThat(one.meters.size()).isZero();
        assertThat(one.open(rule).begun.result()).as("in the same period").isFalse();

        pass(2 * HOUR);
        Session next = one.open(rule);
        moveAllEvery(100, next, 50);
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
        moveAllEvery(100, session, 100);
        assertThat(session.moved).isZero();
        assertThat(session.begun.cause()).hasMessageContaining("later period").hasMessageContaining("clocks");
        assertThat(reports).contains("counter");
        session.claim.close();
        pass(10_000);
        assertThat(store.asks - asks).isLessThan(100);
        session = two.open(rule);
        before.claim.close();
        pass(HOUR / 2);
        moveAllEvery(100, session, 50);
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
        moveAllEvery(100, before, 50);
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
        moveAllEvery(100, session, 50);
        assertThat(session.moved).isEqualTo(10 * MIB);
    }

    @Test
    void anotherBandwidthHoldsAtOnceForThoseThatAreThere() {
        Session session = one.open(bandwidth(1_000_000, Bandwidth.UNLIMITED));
        moveAllEvery(50, session, 40);
        one.meters.use(List.of(bandwidth(4_000_000, Bandwidth.UNLIMITED)));
        moveAllEvery(50, session, 10);
        long before = session.moved;
        moveAllEvery(50, session, 60);
        assertThat(session.moved - before).isCloseTo(12_000_000, Percentage.withPercentage(5));
    }

    @Test
    void aQuotaThatIsGoneOrCountsInAnotherPeriodGoesOnForThoseThatAreThere() {
        Session session = one.open(traffic(MIB));
        one.meters.use(List.of());
        one.meters.use(List.of(traffic(50 * MIB, Counted.TOTAL, Period.DAY)));
        moveAllEvery(100, session, 50);
        assertThat(session.moved).isEqualTo(MIB);
    }
}
