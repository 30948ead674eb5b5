package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Reservation.Left;
import io.socksgateway.core.quota.TrafficUsage.Share;
import io.socksgateway.testkit.Asks;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrafficUsageTest {

    private static final UUID A = new UUID(1, 0);
    private static final UUID B = new UUID(2, 0);
    private static final UUID MARK = new UUID(9, 0);
    private static final long LIMIT = 1_000;

    private static TrafficUsage begun() {
        return TrafficUsage.reserve(null, Asks.of(A, 1, true, 0, 600), 100, LIMIT)
                .usage();
    }

    @Test
    void theNextPeriodBeginsWithNothing() {
        TrafficUsage.Result next = TrafficUsage.reserve(begun(), Asks.of(B, 1, true, 0, 1_000), 200, LIMIT);
        assertThat(next.answer()).isEqualTo(new Answer(0, 1_000, Left.SOME));
        assertThat(next.usage().byNode()).containsOnlyKeys(B);
    }

    @Test
    void whoIsStillInThePeriodBeforeGetsNothingAndChangesNothing() {
        TrafficUsage later = TrafficUsage.reserve(null, Asks.of(B, 1, true, 0, 10), 200, LIMIT)
                .usage();
        TrafficUsage.Result result = TrafficUsage.reserve(later, Asks.of(A, 1, false, 5, 10), 100, LIMIT);
        assertThat(result.answer().left()).isEqualTo(Left.OVER);
        assertThat(result.usage()).isEqualTo(later);
    }

    @Test
    void whatAnotherHoldsMayStillComeBack() {
        TrafficUsage all = TrafficUsage.reserve(begun(), Asks.of(B, 1, true, 0, 900), 100, LIMIT)
                .usage();
        assertThat(all.charged()).isEqualTo(LIMIT);
        TrafficUsage.Result more = TrafficUsage.reserve(all, Asks.of(B, 2, false, 400, 10), 100, LIMIT);
        assertThat(more.answer()).isEqualTo(new Answer(400, 0, Left.ELSEWHERE));
        TrafficUsage spent = TrafficUsage.reserve(more.usage(), Asks.of(A, 2, false, 600, 0), 100, LIMIT)
                .usage();
        assertThat(TrafficUsage.reserve(spent, Asks.of(B, 3, false, 400, 10), 100, LIMIT)
                        .answer()
                        .left())
                .isEqualTo(Left.NOTHING);
    }

    @Test
    void aLimitThatWasLoweredTakesNothingBackButGrantsNothing() {
        TrafficUsage.Result lowered = TrafficUsage.reserve(begun(), Asks.of(A, 2, false, 100, 600), 100, 50);
        assertThat(lowered.answer()).isEqualTo(new Answer(100, 500, Left.SOME));
        assertThat(TrafficUsage.reserve(begun(), Asks.of(B, 1, true, 0, 1), 100, 50)
                        .answer()
                        .held())
                .isZero();
    }

    @Test
    void aNodeThatTheEntryHasLostIsRecordedAgainAsItSays() {
        TrafficUsage.Result result = TrafficUsage.reserve(null, Asks.of(A, 7, false, 300, 200), 100, LIMIT);
        assertThat(result.usage().charged()).isEqualTo(500);
    }

    /** What a store gives back after a while may be older than what the node has said since. */
    @Test
    void whatWasKeptCountsOnceHoweverOftenItIsAdded() {
        TrafficUsage kept = new TrafficUsage(100, Map.of(A, new Share(1, 0, 600), B, Share.settled(100)));
        TrafficUsage now = TrafficUsage.reserve(begun(), Asks.of(A, 2, false, 200, 50), 100, LIMIT)
                .usage();
        TrafficUsage both = now.merge(kept);
        assertThat(both.charged()).isEqualTo(350);
        assertThat(both.merge(kept)).isEqualTo(both).isEqualTo(kept.merge(now));
        assertThat(both.held()).isEqualTo(50);
    }

    @Test
    void aNodeThatIsRecordedAgainBeforeItsShareComesBackCountsOnce() {
        TrafficUsage again = TrafficUsage.reserve(null, Asks.of(A, 2, false, 300, 100), 100, LIMIT)
                .usage();
        assertThat(again.merge(begun()).charged()).isEqualTo(400);
    }

    @Test
    void clustersThatHaveNeverMetAddUp() {
        TrafficUsage other = TrafficUsage.reserve(null, Asks.of(B, 1, true, 0, 250), 100, LIMIT)
                .usage();
        assertThat(begun().merge(other).charged()).isEqualTo(850);
        assertThat(other.merge(begun()).charged()).isEqualTo(850);
        TrafficUsage next = TrafficUsage.reserve(null, Asks.of(B, 1, true, 0, 250), 200, LIMIT)
                .usage();
        assertThat(begun().merge(next)).isEqualTo(next).isEqualTo(next.merge(begun()));
    }

    private static TrafficUsage after(TrafficUsage before, Ask ask) {
        return TrafficUsage.reserve(before, ask, 100, LIMIT).usage();
    }

    @Test
    void aPartThatHasLostTheEntryCountsNothingTwice() {
        TrafficUsage whole = after(begun(), Asks.of(B, 1, true, 0, 100));
        TrafficUsage there = TrafficUsage.reserve(null, Asks.of(B, 2, false, 60, 200), 100, LIMIT)
                .usage();
        TrafficUsage here = after(whole, Asks.of(A, 2, false, 500, 100));

        assertThat(there.charged()).isEqualTo(260);
        assertThat(here.merge(there).charged()).isEqualTo(600 + 260);
        assertThat(there.merge(here).charged()).isEqualTo(600 + 260);
        TrafficUsage told = after(here.merge(there), Asks.of(B, 3, false, 250, 0));
        assertThat(told.charged()).isEqualTo(600 + 250);
        assertThat(told.merge(there)).as("one that comes late").isEqualTo(told);
    }

    @Test
    void whatIsForgivenIsWhatWasMovedAndNotWhatIsHeld() {
        TrafficUsage moved = TrafficUsage.reserve(begun(), Asks.of(A, 2, false, 400, 200), 100, LIMIT)
                .usage();
        TrafficUsage forgiven = moved.forgiven(MARK);

        assertThat(moved.charged()).isEqualTo(600);
        assertThat(forgiven.charged()).isEqualTo(200);
        assertThat(forgiven.held()).isEqualTo(200);
        assertThat(forgiven.forgiven(new UUID(8, 8)))
                .as("nothing is left to forgive")
                .isEqualTo(forgiven);
        assertThat(moved.merge(forgiven)).isEqualTo(forgiven);
        assertThat(forgiven.merge(moved)).as("a copy that has not heard of it").isEqualTo(forgiven);
    }

    /** A side of a split cluster has written down what its answer then refused; or the answer got lost. */
    @Test
    void whatANodeDoesNotKnowToHoldIsGrantedOnlyIfThereIsAsMuch() {
        TrafficUsage kept = new TrafficUsage(100, Map.of(A, new Share(5, 400, 700), B, Share.settled(600)));
        TrafficUsage.Result result = TrafficUsage.reserve(kept, new Ask(A, 6, false, 400, 0, 500), 100, LIMIT);
        assertThat(result.answer()).isEqualTo(new Answer(400, 0, Left.NOTHING));
        assertThat(result.usage().charged()).isEqualTo(LIMIT);
        assertThat(TrafficUsage.reserve(kept, new Ask(A, 6, false, 400, 300, 500), 100, LIMIT)
                        .answer()
                        .held())
                .as("what it knows to hold")
                .isEqualTo(300);
    }
}
