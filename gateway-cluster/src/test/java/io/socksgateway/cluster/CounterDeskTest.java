package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.cluster.CounterDesk.Round;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionCounter.Admission;
import io.socksgateway.core.quota.SessionLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterDeskTest {

    private final CounterDesk desk = new CounterDesk();
    private long now = 1_000_000;

    /** Granted so many, and room is scarce. */
    private void done(int granted) {
        desk.done(new Standing(granted, false, true), now);
    }

    private void roomy(int granted) {
        desk.done(new Standing(granted, true, true), now);
    }

    private void found(int held, int asOf) {
        desk.found(new Standing(held, false, true), asOf, now);
    }

    private static Round round(int held, int wanted, int limit) {
        return new Round(held, wanted, SessionLimit.open(limit));
    }

    private static Round recording(int held) {
        return new Round(held, 0, SessionLimit.NONE);
    }

    @CanIgnoreReturnValue
    private Future<Boolean> ask(int limit) {
        Promise<Boolean> answer = Promise.promise();
        desk.ask(SessionLimit.open(limit), answer);
        return answer.future();
    }

    @Test
    void askersQueueWhileAnOperationIsUnderWayAndTheNextOneAsksForAll() {
        Future<Boolean> first = ask(10);
        assertThat(desk.next(now)).contains(round(0, 1, 10));
        Future<Boolean> second = ask(10);
        Future<Boolean> third = ask(10);
        assertThat(desk.next(now)).isEmpty();
        done(1);
        assertThat(first.result()).isTrue();
        assertThat(desk.next(now)).contains(round(1, 2, 10));
        done(1);
        assertThat(second.result()).isTrue();
        assertThat(third.result()).isFalse();
        assertThat(desk.next(now)).isEmpty();
    }

    @Test
    void askersUnderDifferentLimitsAreNotMixed() {
        Future<Boolean> low = ask(1);
        Future<Boolean> high = ask(5);
        assertThat(desk.next(now)).contains(round(0, 1, 1));
        done(0);
        assertThat(low.result()).isFalse();
        assertThat(desk.next(now)).contains(round(0, 1, 5));
        done(1);
        assertThat(high.result()).isTrue();
    }

    @Test
    void aReleaseDuringAnOperationIsRecordedByTheNext() {
        ask(10);
        assertThat(desk.next(now)).isPresent();
        done(1);
        ask(10);
        assertThat(desk.next(now)).contains(round(1, 1, 10));
        desk.giveBack(now);
        done(1);
        assertThat(desk.next(now)).contains(recording(1));
        done(0);
        assertThat(desk.idle()).isFalse();
        desk.giveBack(now);
        assertThat(desk.next(now)).contains(recording(0));
        done(0);
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void releasesNeverGoBelowZero() {
        desk.giveBack(now);
        assertThat(desk.next(now)).isEmpty();
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void aFailedOperationFailsItsAskersAndIsSetRightAtTheNextRetry() {
        Future<Boolean> failed = ask(10);
        assertThat(desk.next(now)).isPresent();
        Future<Boolean> waiting = ask(10);
        desk.failed(new IllegalStateException("gone"));
        assertThat(failed.cause()).hasMessage("gone");
        assertThat(waiting.isComplete()).isFalse();
        assertThat(desk.next(now)).as("who waited is asked for at once").contains(round(0, 1, 10));
        desk.failed(new IllegalStateException("gone"));
        assertThat(desk.next(now)).isEmpty();
        assertThat(desk.idle()).as("the grant may have been recorded").isFalse();
        desk.retry();
        assertThat(desk.next(now)).contains(recording(0));
        done(0);
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void aGrantThatIsWithdrawnIsGivenBackByTheNextOperation() {
        Future<Boolean> asker = ask(10);
        assertThat(desk.next(now)).isPresent();
        desk.withdrawn(1, new IllegalStateException("too few"));
        assertThat(asker.cause()).hasMessage("too few");
        assertThat(desk.next(now)).contains(recording(0));
        done(0);
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void aShareThatTheMapHasLostIsRecordedAgain() {
        ask(10);
        assertThat(desk.next(now)).isPresent();
        done(1);
        found(1, desk.rounds());
        assertThat(desk.next(now)).isEmpty();
        found(0, desk.rounds());
        assertThat(desk.next(now)).contains(recording(1));
    }

    @Test
    void aFindingThatAnOperationHasOvertakenIsIgnored() {
        ask(10);
        assertThat(desk.next(now)).isPresent();
        done(1);
        int before = desk.rounds();
        ask(10);
        assertThat(desk.next(now)).isPresent();
        found(1, before);
        done(1);
        found(1, before);
        assertThat(desk.next(now)).isEmpty();
        assertThat(desk.renewable()).isTrue();
    }

    @Test
    void anAnswerMayAskAndGiveBack() {
        Promise<Boolean> answer = Promise.promise();
        desk.ask(SessionLimit.open(10), answer);
        List<Optional<Round>> inside = new ArrayList<>();
        answer.future().onSuccess(granted -> {
            desk.giveBack(now);
            ask(10);
            inside.add(desk.next(now));
        });
        assertThat(desk.next(now)).isPresent();
        done(1);
        assertThat(inside).containsExactly(Optional.of(round(0, 1, 10)));
        assertThat(desk.next(now)).isEmpty();
    }

    @Test
    void anAbandonedDeskGivesEverythingBack() {
        ask(10);
        assertThat(desk.next(now)).isPresent();
        done(1);
        Future<Boolean> waiting = ask(10);
        desk.abandon(new IllegalStateException("closed"));
        assertThat(waiting.cause()).hasMessage("closed");
        assertThat(desk.next(now)).contains(recording(0));
    }

    /** Two nodes against one entry; operations are lost before or after their execution, or executed twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theLimitHoldsWhateverHappensToTheOperations(long seed) {
        int limit = 5;
        Random random = new Random(seed);
        UUID[] nodes = {new UUID(1, 0), new UUID(2, 0)};
        CounterDesk[] desks = {new CounterDesk(), new CounterDesk()};
        int[] open = new int[2];
        @Nullable Round[] pending = new Round[2];
        SessionCounter entry = SessionCounter.NONE;
        int most = 0;
        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(2);
            switch (random.nextInt(4)) {
                case 0 -> {
                    Promise<Boolean> answer = Promise.promise();
                    desks[i].ask(SessionLimit.open(limit), answer);
                    answer.future().onSuccess(granted -> open[i] += granted ? 1 : 0);
                }
                case 1 -> {
                    if (open[i] > 0) {
                        open[i]--;
                        desks[i].giveBack(step);
                    }
                }
                case 2 -> desks[i].retry();
                default -> {
                    Round round = pending[i];
                    pending[i] = null;
                    int fate = random.nextInt(10);
                    if (round != null && fate > 0) {
                        Admission grant = admit(entry, nodes[i], round, step);
                        grant = fate == 1 ? admit(grant.counter(), nodes[i], round, step) : grant;
                        entry = grant.counter();
                        if (fate > 2) {
                            boolean roomy = grant.counter().isRoomy();
                            desks[i].done(new Standing(grant.granted(), roomy, grant.isFinal()), step);
                        } else {
                            desks[i].failed(new IllegalStateException());
                        }
                    } else if (round != null) {
                        desks[i].failed(new IllegalStateException());
                    }
                }
            }
            if (pending[i] == null) {
                pending[i] = desks[i].next(step).orElse(null);
            }
            most = Math.max(most, open[0] + open[1]);
            assertThat(entry.open().heldBy(nodes[i])).isGreaterThanOrEqualTo(open[i]);
        }
        assertThat(most).isEqualTo(limit);
    }

    private static Admission admit(SessionCounter entry, UUID node, Round round, long now) {
        return entry.admit(node, round.held(), round.wanted(), round.limit(), now, Long.MAX_VALUE / 2);
    }

    private void open(int limit) {
        ask(limit);
        assertThat(desk.next(now)).isPresent();
        roomy(1);
    }

    @Test
    void withPlentyOfRoomWhatHasEndedIsToldLaterAndAllTogether() {
        open(100);
        open(100);
        desk.giveBack(now);
        now += CounterDesk.LATE / 2;
        desk.giveBack(now);
        assertThat(desk.next(now)).isEmpty();
        assertThat(desk.isPending()).isTrue();
        assertThat(desk.idle()).isFalse();
        now += CounterDesk.LATE / 2;
        assertThat(desk.next(now)).contains(recording(0));
        roomy(0);
        assertThat(desk.idle()).isTrue();
        assertThat(desk.isPending()).isFalse();
    }

    @Test
    void theNextSessionTakesThePlaceOfOneThatHasEndedWithoutAnOperation() {
        open(100);
        desk.giveBack(now);
        Future<Boolean> next = ask(100);
        assertThat(desk.next(now)).isEmpty();
        assertThat(next.result()).isTrue();
        now += CounterDesk.LATE;
        assertThat(desk.next(now)).as("all is as it is recorded").isEmpty();
        Future<Boolean> more = ask(100);
        assertThat(desk.next(now)).contains(round(1, 1, 100));
        roomy(1);
        assertThat(more.result()).isTrue();
    }

    @Test
    void underAnotherLimitOrOneOfStartsNobodyTakesAPlace() {
        open(100);
        desk.giveBack(now);
        ask(99);
        assertThat(desk.next(now)).contains(round(0, 1, 99));
        roomy(1);
        desk.giveBack(now);
        SessionLimit paced = new SessionLimit(99, 50);
        desk.ask(paced, Promise.promise());
        assertThat(desk.next(now)).contains(new Round(0, 1, paced));
        roomy(1);
        desk.giveBack(now);
        desk.ask(paced, Promise.promise());
        assertThat(desk.next(now)).contains(new Round(0, 1, paced));
    }

    @Test
    void thatThereIsPlentyOfRoomIsNotBelievedForLong() {
        open(100);
        now += SessionCounter.TRUST;
        desk.giveBack(now);
        assertThat(desk.next(now)).contains(recording(0));
        done(0);

        open(100);
        now += SessionCounter.TRUST - 1;
        desk.found(new Standing(1, true, true), desk.rounds(), now);
        now += 2;
        desk.giveBack(now);
        assertThat(desk.next(now)).as("a renewal has said so again").isEmpty();
        desk.doubt();
        assertThat(desk.next(now)).contains(recording(0));
    }

    @Test
    void whoIsRefusedWhileOthersMayBeLateIsAskedForOnceAgain() {
        Future<Boolean> refused = ask(10);
        assertThat(desk.next(now)).isPresent();
        desk.done(new Standing(0, false, false), now);
        assertThat(refused.isComplete()).isFalse();
        assertThat(desk.next(now)).isEmpty();
        assertThat(desk.isPending()).isTrue();
        now += CounterDesk.AGAIN;
        assertThat(desk.next(now)).contains(round(0, 1, 10));
        desk.done(new Standing(0, false, false), now);
        assertThat(refused.result()).isFalse();
    }

    @Test
    void whoWaitsForThatGetsWhatEndsHereAtOnceAndBeforeThoseWhoComeLater() {
        Future<Boolean> first = ask(2);
        Future<Boolean> second = ask(2);
        assertThat(desk.next(now)).contains(round(0, 2, 2));
        desk.done(new Standing(1, false, false), now);
        assertThat(first.result()).isTrue();
        Future<Boolean> third = ask(2);
        desk.giveBack(now);
        assertThat(desk.next(now)).contains(round(0, 2, 2));
        desk.done(new Standing(1, false, true), now);
        assertThat(second.result()).isTrue();
        assertThat(third.result()).isFalse();
    }

    /** All of a node's sessions end, and at the same moment another node wants the whole limit. */
    @Test
    void nobodyIsRefusedForTheSakeOfWhatHasEndedElsewhere() {
        UUID here = new UUID(1, 0);
        UUID there = new UUID(2, 0);
        CounterDesk other = new CounterDesk();
        SessionCounter entry = SessionCounter.NONE;
        for (int i = 0; i < 60; i++) {
            ask(100);
        }
        entry = execute(entry, desk, here);
        for (int i = 0; i < 60; i++) {
            desk.giveBack(now);
        }
        List<Future<Boolean>> wanted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Promise<Boolean> answer = Promise.promise();
            other.ask(SessionLimit.open(100), answer);
            wanted.add(answer.future());
        }
        entry = execute(entry, other, there);
        assertThat(wanted.stream().filter(Future::isComplete)).hasSize(40);
        for (int i = 0; i < 10; i++) {
            now += CounterDesk.LATE;
            entry = execute(execute(entry, other, there), desk, here);
        }
        assertThat(wanted).allSatisfy(answer -> assertThat(answer.result()).isTrue());
        assertThat(entry.open().heldBy(there)).isEqualTo(100);
    }

    private SessionCounter execute(SessionCounter entry, CounterDesk node, UUID name) {
        Optional<Round> round = node.next(now);
        if (round.isEmpty()) {
            return entry;
        }
        Admission grant = admit(entry, name, round.get(), now);
        node.done(new Standing(grant.granted(), grant.counter().isRoomy(), grant.isFinal()), now);
        return grant.counter();
    }
}
