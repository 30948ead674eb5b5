package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.quota.TrafficLimit.Counted;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits for what other nodes hold, or count in another period, and for how long. */
class MetersWaitingTest extends MeteredNodes {

    /** The other node is dead. */
    private void passHere(long millis) {
        for (long end = store.now + millis; store.now < end; ) {
            store.now += Meters.PERIOD;
            two.meters.look();
        }
    }

    /** Milliseconds until a session that begins here is refused. */
    private long refusedAfter(QuotaRule rule) {
        Session session = two.open(rule);
        long since = store.now;
        while (!session.begun.isComplete()) {
            assertThat(store.now - since).isLessThan(10_000);
            passHere(Meters.PERIOD);
        }
        assertThat(session.begun.result()).isFalse();
        session.claim.close();
        return store.now - since;
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 2_000, 7_000})
    void whatADeadNodeHeldIsWaitedForOnceHoweverOftenSomebodyComes(long pause) {
        assertThat(one.open(traffic(MIB)).begun.result()).isTrue();
        Session living = movesWhatItGets();
        assertThat(living.moved).isBetween(MIB - MIB / 8, MIB - 1);
        List<String> cut = new ArrayList<>();
        living.allowance.await(Direction.UP, () -> cut.add("cut"));
        long since = store.now;
        while (store.now - since < 12_000) {
            long unused = refusedAfter(traffic(MIB));
            passHere(pause);
        }
        assertThat(cut).isNotEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(refusedAfter(traffic(MIB))).isLessThanOrEqualTo(600);
            assertThat(living.allowance.usedUp()).isEqualTo("volume");
            passHere(pause);
        }
    }

    private Session movesWhatItGets() {
        Session session = two.open(traffic(MIB));
        while (session.move(Direction.UP, READ) > 0) {
            passHere(1_000);
        }
        return session;
    }

    @Test
    void whoComesEveryNowAndThenWaitsForADeadNodeOnlyAtFirst() {
        assertThat(one.open(traffic(MIB)).begun.result()).isTrue();
        Session living = movesWhatItGets();
        living.claim.close();
        assertThat(refusedAfter(traffic(MIB))).isGreaterThan(2_000);
        for (int i = 0; i < 5; i++) {
            passHere(20_000);
            assertThat(refusedAfter(traffic(MIB))).isLessThanOrEqualTo(600);
        }
        passHere(100_000);
        assertThat(two.meters.size()).isZero();
    }

    @Test
    void whatComesBackAfterAllIsThereForWhoComesThen() {
        Session idle = one.open(traffic(MIB));
        Session living = movesWhatItGets();
        living.allowance.await(Direction.UP, () -> {});
        passHere(20_000);
        assertThat(living.allowance.usedUp()).isEqualTo("volume");
        assertThat(refusedAfter(traffic(MIB))).isLessThanOrEqualTo(600);
        idle.claim.close();
        pass(10_000); // the other was only frozen, and gives back
        Session next = two.open(traffic(MIB));
        passHere(1_000);
        assertThat(next.begun.result()).isTrue();
        moveAllEvery(100, next, 20);
        assertThat(living.moved + next.moved).isEqualTo(MIB);
    }

    /** What is left of the counter is held by the other node, and somebody here has just heard that. */
    private Session oneWhoHasHeardThatOthersHoldTheRest(Session holder) {
        assertThat(holder.begun.result()).isTrue();
        Session session = two.open(traffic(MIB));
        while (session.move(Direction.UP, READ) > 0) {
            passHere(1_000);
        }
        session.allowance.await(Direction.UP, () -> {});
        passHere(Meters.PERIOD);
        assertThat(session.allowance.usedUp()).isNull();
        return session;
    }

    @ParameterizedTest
    @ValueSource(longs = {2_000, 5_000, 10_000, 50_000})
    void whoHasLeftHasNotWaitedInVain(long pause) {
        oneWhoHasHeardThatOthersHoldTheRest(one.open(traffic(MIB))).claim.close();
        passHere(pause);
        assertThat(refusedAfter(traffic(MIB))).isGreaterThan(2_500);
    }

    @Test
    void whoHasLeftBeforeItBeganHasNotWaitedInVain() {
        oneWhoHasHeardThatOthersHoldTheRest(one.open(traffic(MIB))).claim.close();
        Session next = two.open(traffic(MIB));
        passHere(1_000);
        next.claim.close();
        passHere(10_000);
        assertThat(next.begun.result()).isFalse();
        assertThat(refusedAfter(traffic(MIB))).isGreaterThan(2_500);
    }

    /** As one whose datagrams are dropped, and who sends none for a while. */
    @Test
    void whoIsOpenWaitsForANodeThatLivesIfNobodyHasWaitedInVain() {
        Session holder = one.open(traffic(MIB));
        Session open = movesWhatItGets();
        passHere(20_000);
        assertThat(open.move(Direction.UP, READ)).isZero();
        boolean[] called = new boolean[1];
        open.allowance.await(Direction.UP, () -> called[0] = true);
        passHere(3_000);
        assertThat(called[0]).isFalse();
        assertThat(open.allowance.usedUp()).isNull();
        holder.claim.close();
        pass(3_000); // what has moved nothing for longer than that gives back
        assertThat(called[0]).isTrue();
        assertThat(open.move(Direction.UP, READ)).isPositive();
    }

    /** By then it may be others, who are alive, that hold the last of it. */
    @Test
    void afterALongTimeOthersAreWaitedForAgain() {
        assertThat(one.open(traffic(MIB)).begun.result()).isTrue();
        Session unused = movesWhatItGets();
        assertThat(refusedAfter(traffic(MIB))).isGreaterThan(2_000);
        passHere(20_000);
        assertThat(refusedAfter(traffic(MIB))).isLessThanOrEqualTo(600);
        passHere(300_000);
        assertThat(refusedAfter(traffic(MIB))).isGreaterThan(2_000);
    }

    /** As quotas of the node and of the cluster are on a node whose own clock is wrong. */
    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR})
    void oneStoresClockBeginsNoPeriodOfAnother(long apart) {
        FakeStore own = new FakeStore();
        own.set = apart;
        QuotaRule rule = traffic(MIB, Counted.TOTAL, Period.HOUR);
        Meters.Claim session = two.meters.claim();
        assertThat(session.traffic(rule, hourly(), "own", own).result()).isTrue();
        Session here = two.open(rule);
        here.moveAll(Direction.UP);
        pass(1_000);
        here.moveAll(Direction.UP);
        Session there = one.open(rule);
        pass(1_000);
        assertThat(there.begun.succeeded()).isTrue();
        moveAllEvery(100, here, 100);
        moveAllEvery(100, there, 100);
        assertThat(here.moved + there.moved).as("in one period").isEqualTo(MIB);
        assertThat(reports).isEmpty();
    }

    private static TrafficLimit hourly() {
        return new TrafficLimit(MIB, Period.HOUR, Counted.TOTAL, ZoneOffset.UTC);
    }

    @Test
    void whoBeginsAPeriodAMomentAfterTheOthersIsNotToldOfIt() {
        QuotaRule rule = traffic(MIB, Counted.TOTAL, Period.HOUR);
        pass(Period.HOUR.endOf(store.now, ZoneOffset.UTC) - store.now + 100);
        Session first = one.open(rule);
        assertThat(first.begun.result()).isTrue();
        store.set -= 1_500;
        Session late = two.open(rule);
        assertThat(late.begun.isComplete()).isFalse();
        pass(3_000);
        assertThat(late.begun.result()).isTrue();
        assertThat(reports).isEmpty();
    }
}
