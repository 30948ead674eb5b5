package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.IndeterminateOperationStateException;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations whose backups are missed, on a real event loop. */
class SureAnswersIT {

    private final Vertx vertx = Vertx.vertx();
    private final EventLoop loop = EventLoop.next(vertx);
    private final SureAnswers sure = new SureAnswers(loop, this::isCopied);
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private IntPredicate copiedAt = look -> true;
    private boolean needsCopy = true;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private boolean isCopied(String counter) {
        return copiedAt.test(looks.incrementAndGet());
    }

    private CompletionStage<String> unsureUntil(int sureTry) {
        return tries.incrementAndGet() >= sureTry
                ? CompletableFuture.completedFuture("granted")
                : CompletableFuture.failedFuture(new IndeterminateOperationStateException("no backup"));
    }

    private CompletableFuture<String> ask(int sureTry, int worthwhileTries) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.execute(
                () -> sure.of("counter", needsCopy, () -> unsureUntil(sureTry), () -> tries.get() < worthwhileTries)
                        .whenComplete((granted, failure) -> {
                            if (failure == null) {
                                answer.complete(granted);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                        }));
        return answer;
    }

    @Test
    void asksAgainUntilABackupIsAcknowledged() throws Exception {
        assertThat(ask(3, 10).get(30, TimeUnit.SECONDS)).isEqualTo("granted");
        assertThat(tries).hasValue(3);
    }

    @Test
    void asksForNothingBeforeThereIsABackup() throws Exception {
        copiedAt = look -> look >= 4;
        assertThat(ask(1, 10).get(30, TimeUnit.SECONDS)).isEqualTo("granted");
        assertThat(tries).hasValue(1);
    }

    @Test
    void asksAgainIfTheBackupIsLostMeanwhile() throws Exception {
        copiedAt = look -> look != 2;
        assertThat(ask(1, 10).get(30, TimeUnit.SECONDS)).isEqualTo("granted");
        assertThat(tries).hasValue(2);
    }

    @Test
    void grantsNothingThatNobodyElseKnowsOf() {
        copiedAt = look -> look % 2 == 1;
        assertThat(ask(1, 3))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no other member has a copy");
        assertThat(tries).hasValue(3);
    }

    @Test
    void tellsTheOwnerAloneWhatGrantsNothing() throws Exception {
        needsCopy = false;
        copiedAt = look -> false;
        assertThat(ask(1, 3).get(30, TimeUnit.SECONDS)).isEqualTo("granted");
        assertThat(tries).hasValue(1);
    }

    @Test
    void givesUpWhenItIsKnownThatTooFewAreThere() {
        assertThat(ask(5, 2))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IndeterminateOperationStateException.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void repeatsNothingThatFailedForAnotherReason() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.execute(() -> sure.of(
                        "counter",
                        needsCopy,
                        () -> {
                            tries.incrementAndGet();
                            return CompletableFuture.<String>failedFuture(
                                    new CompletionException(new IllegalStateException("broken")));
                        },
                        () -> true)
                .whenComplete((granted, failure) -> answer.completeExceptionally(failure)));
        assertThat(answer)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("broken");
        assertThat(tries).hasValue(1);
    }
}
