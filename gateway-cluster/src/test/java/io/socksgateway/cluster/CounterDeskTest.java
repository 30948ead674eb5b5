package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.cluster.CounterDesk.Round;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.SessionShares;
import io.socksgateway.core.quota.SessionShares.Grant;
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
        assertThat(desk.next()).contains(round(0, 1, 10));
        Future<Boolean> second = ask(10);
        Future<Boolean> third = ask(10);
        assertThat(desk.next()).isEmpty();
        desk.done(1);
        assertThat(first.result()).isTrue();
        assertThat(desk.next()).contains(round(1, 2, 10));
        desk.done(1);
        assertThat(second.result()).isTrue();
        assertThat(third.result()).isFalse();
        assertThat(desk.next()).isEmpty();
    }

    @Test
    void askersUnderDifferentLimitsAreNotMixed() {
        Future<Boolean> low = ask(1);
        Future<Boolean> high = ask(5);
        assertThat(desk.next()).contains(round(0, 1, 1));
        desk.done(0);
        assertThat(low.result()).isFalse();
        assertThat(desk.next()).contains(round(0, 1, 5));
        desk.done(1);
        assertThat(high.result()).isTrue();
    }

    @Test
    void aReleaseDuringAnOperationIsRecordedByTheNext() {
        ask(10);
        assertThat(desk.next()).isPresent();
        desk.done(1);
        ask(10);
        assertThat(desk.next()).contains(round(1, 1, 10));
        desk.giveBack();
        desk.done(1);
        assertThat(desk.next()).contains(recording(1));
        desk.done(0);
        assertThat(desk.idle()).isFalse();
        desk.giveBack();
        assertThat(desk.next()).contains(recording(0));
        desk.done(0);
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void releasesNeverGoBelowZero() {
        desk.giveBack();
        assertThat(desk.next()).isEmpty();
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void aFailedOperationFailsItsAskersAndIsSetRightAtTheNextRetry() {
        Future<Boolean> failed = ask(10);
        assertThat(desk.next()).isPresent();
        Future<Boolean> waiting = ask(10);
        desk.failed(new IllegalStateException("gone"));
        assertThat(failed.cause()).hasMessage("gone");
        assertThat(waiting.isComplete()).isFalse();
        assertThat(desk.next()).as("who waited is asked for at once").contains(round(0, 1, 10));
        desk.failed(new IllegalStateException("gone"));
        assertThat(desk.next()).isEmpty();
        assertThat(desk.idle()).as("the grant may have been recorded").isFalse();
        desk.retry();
        assertThat(desk.next()).contains(recording(0));
        desk.done(0);
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void aGrantThatIsWithdrawnIsGivenBackByTheNextOperation() {
        Future<Boolean> asker = ask(10);
        assertThat(desk.next()).isPresent();
        desk.withdrawn(1, new IllegalStateException("too few"));
        assertThat(asker.cause()).hasMessage("too few");
        assertThat(desk.next()).contains(recording(0));
        desk.done(0);
        assertThat(desk.idle()).isTrue();
    }

    @Test
    void aShareThatTheMapHasLostIsRecordedAgain() {
        ask(10);
        assertThat(desk.next()).isPresent();
        desk.done(1);
        desk.found(1, desk.rounds());
        assertThat(desk.next()).isEmpty();
        desk.found(0, desk.rounds());
        assertThat(desk.next()).contains(recording(1));
    }

    @Test
    void aFindingThatAnOperationHasOvertakenIsIgnored() {
        ask(10);
        assertThat(desk.next()).isPresent();
        desk.done(1);
        int before = desk.rounds();
        ask(10);
        assertThat(desk.next()).isPresent();
        desk.found(1, before);
        desk.done(1);
        desk.found(1, before);
        assertThat(desk.next()).isEmpty();
        assertThat(desk.renewable()).isTrue();
    }

    @Test
    void anAnswerMayAskAndGiveBack() {
        Promise<Boolean> answer = Promise.promise();
        desk.ask(SessionLimit.open(10), answer);
        List<Optional<Round>> inside = new ArrayList<>();
        answer.future().onSuccess(granted -> {
            desk.giveBack();
            ask(10);
            inside.add(desk.next());
        });
        assertThat(desk.next()).isPresent();
        desk.done(1);
        assertThat(inside).containsExactly(Optional.of(round(0, 1, 10)));
        assertThat(desk.next()).isEmpty();
    }

    @Test
    void anAbandonedDeskGivesEverythingBack() {
        ask(10);
        assertThat(desk.next()).isPresent();
        desk.done(1);
        Future<Boolean> waiting = ask(10);
        desk.abandon(new IllegalStateException("closed"));
        assertThat(waiting.cause()).hasMessage("closed");
        assertThat(desk.next()).contains(recording(0));
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
        SessionShares entry = SessionShares.NONE;
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
                        desks[i].giveBack();
                    }
                }
                case 2 -> desks[i].retry();
                default -> {
                    Round round = pending[i];
                    pending[i] = null;
                    int fate = random.nextInt(10);
                    if (round != null && fate > 0) {
                        Grant grant = grant(entry, nodes[i], round);
                        grant = fate == 1 ? grant(grant.shares(), nodes[i], round) : grant;
                        entry = grant.shares();
                        if (fate > 2) {
                            desks[i].done(grant.granted());
                        } else {
                            desks[i].failed(new IllegalStateException());
                        }
                    } else if (round != null) {
                        desks[i].failed(new IllegalStateException());
                    }
                }
            }
            if (pending[i] == null) {
                pending[i] = desks[i].next().orElse(null);
            }
            most = Math.max(most, open[0] + open[1]);
            assertThat(entry.heldBy(nodes[i])).isGreaterThanOrEqualTo(open[i]);
        }
        assertThat(most).isEqualTo(limit);
    }

    private static Grant grant(SessionShares entry, UUID node, Round round) {
        return entry.settle(node, round.held(), 1)
                .acquire(node, round.wanted(), round.limit().open(), 0, 1);
    }
}
