package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final long PATIENCE = 1_000;

    private final AtomicLong clock = new AtomicLong();
    private final Turnstile turnstile = new Turnstile("directory", 2, PATIENCE, clock::get);
    private final Queue<Promise<Integer>> running = new ArrayDeque<>();
    private final List<Integer> started = new ArrayList<>();

    @Test
    void letsSoManyRunAndTheOthersInOrder() {
        List<Future<Integer>> results = List.of(pass(1), pass(2), pass(3), pass(4));
        assertThat(started).containsExactly(1, 2);
        running.remove().complete(10);
        assertThat(started).containsExactly(1, 2, 3);
        running.remove().fail("broken");
        assertThat(started).containsExactly(1, 2, 3, 4);
        running.remove().complete(30);
        running.remove().complete(40);

        assertThat(results).extracting(Future::result).containsExactly(10, null, 30, 40);
        assertThat(started).hasSize(4);
    }

    @Test
    void startsNoneThatHasWaitedForTooLong() {
        pass(1);
        pass(2);
        Future<Integer> late = pass(3);
        clock.addAndGet(PATIENCE);
        Future<Integer> young = pass(4);
        running.remove().complete(10);

        assertThat(late.cause()).isInstanceOf(OverloadException.class);
        assertThat(started).containsExactly(1, 2, 4);
        assertThat(young.isComplete()).isFalse();
    }

    @Test
    void logsAFloodOnce() {
        try (LogCapture log = LogCapture.open()) {
            for (int i = 0; i < 2 + Turnstile.MAX_WAITING; i++) {
                assertThat(pass(i).failed()).isFalse();
            }
            assertThat(pass(-1).cause()).isInstanceOf(OverloadException.class);
            assertThat(pass(-1).cause()).isInstanceOf(OverloadException.class);
            assertThat(log.all())
                    .filteredOn(line -> line.contains("too many logins"))
                    .hasSize(1);
        }
    }

    @Test
    void aThousandThatEndAtOnceDoNotPileUp() {
        pass(1);
        pass(2);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < Turnstile.MAX_WAITING; i++) {
            results.add(turnstile.pass(() -> Future.succeededFuture(7)));
        }
        running.remove().complete(10);
        assertThat(results).allSatisfy(result -> assertThat(result.result()).isEqualTo(7));
    }

    @Test
    void aTaskThatThrowsGivesItsPlaceBack() {
        for (int i = 0; i < 5; i++) {
            assertThat(turnstile
                            .<Integer>pass(() -> {
                                throw new IllegalStateException();
                            })
                            .failed())
                    .isTrue();
        }
        assertThat(pass(1).isComplete()).isFalse();
        assertThat(started).containsExactly(1);
    }

    @CanIgnoreReturnValue
    private Future<Integer> pass(int number) {
        return turnstile.pass(() -> {
            started.add(number);
            Promise<Integer> promise = Promise.promise();
            running.add(promise);
            return promise.future();
        });
    }
}
