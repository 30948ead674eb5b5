package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit.Counted;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes with sessions over one store: what they may move in the end. */
class MetersTest extends MeteredNodes {

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
        moveAllEvery(100, session, 50);
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
        moveAllEvery(100, session, 50);
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
        moveAllEvery(100, other, 20);
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
}
