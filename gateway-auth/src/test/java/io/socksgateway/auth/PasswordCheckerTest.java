package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordCheckerTest {

    private static final int WORKERS = 2;
    private static final long PATIENCE = 100;
    private static final long REMEMBER = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private final PasswordHash hash = PasswordHash.parse("right");
    private PasswordChecker checker;

    @BeforeEach
    void start() {
        HashingSettings settings = new HashingSettings(WORKERS, PATIENCE, REMEMBER, now::get, this::verify);
        checker = new PasswordChecker(vertx.createSharedWorkerExecutor("hashing", WORKERS), settings);
    }

    @AfterEach
    void stop() {
        gate.countDown();
        Await.result(vertx.close());
    }

    private boolean verify(PasswordHash stored, byte[] password) {
        threads.add(Thread.currentThread().getName());
        try {
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return stored.verify(password);
    }

    private Future<Boolean> check(String user, String password) {
        return Await.on(loop, () -> checker.check(UserPassword.of(user, password), hash));
    }

    @Test
    void hashesOnItsOwnWorkersAndAnswersOnTheCallersLoop() {
        gate.countDown();

        Context answered = Await.result(Await.on(loop, () -> checker.check(UserPassword.of("a", "right"), hash)
                .map(right -> Objects.requireNonNull(Vertx.currentContext()))));

        assertThat(answered).isSameAs(loop);
        assertThat(threads).singleElement().asString().startsWith("hashing");
    }

    @Test
    void remembersARightPasswordForAWhileAndNeverAWrongOne() {
        gate.countDown();

        assertThat(Await.result(check("a", "right"))).isTrue();
        now.addAndGet(REMEMBER - 1);
        assertThat(Await.result(check("a", "right"))).isTrue();
        assertThat(threads).hasSize(1);
        assertThat(Await.result(check("a", "wrong"))).isFalse();
        assertThat(Await.result(check("a", "wrong"))).isFalse();
        assertThat(threads).hasSize(3);
        now.addAndGet(1);
        assertThat(Await.result(check("a", "right"))).isTrue();
        assertThat(threads).hasSize(4);
    }

    @Test
    void makesEqualChecksAtTheSameTimeOne() {
        List<Future<Boolean>> checks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            checks.add(check("a", "right"));
        }
        checks.add(check("a", "wrong"));
        settle();
        gate.countDown();

        assertThat(Await.result(Future.all(checks)).<Boolean>list()).containsOnly(true, false);
        assertThat(Await.result(checks.get(1_000))).isFalse();
        assertThat(threads).hasSize(2);
    }

    @Test
    void copiesThePasswordBecauseTheAskerMayWipeIt() {
        UserPassword credentials = UserPassword.of("a", "right");
        Future<Boolean> check = Await.on(loop, () -> {
            Future<Boolean> answer = checker.check(credentials, hash);
            credentials.wipe();
            return answer;
        });
        Await.result(Await.on(loop, Future::succeededFuture));
        gate.countDown();

        assertThat(Await.result(check)).isTrue();
    }

    @Test
    void wipesItsCopy() {
        List<byte[]> copies = new ArrayList<>();
        HashingSettings settings = new HashingSettings(1, PATIENCE, REMEMBER, now::get, (stored, password) -> {
            copies.add(password);
            return stored.verify(password);
        });
        PasswordChecker keeping = new PasswordChecker(vertx.createSharedWorkerExecutor("hashing", WORKERS), settings);

        assertThat(Await.result(Await.on(loop, () -> keeping.check(UserPassword.of("a", "right"), hash))))
                .isTrue();

        assertThat(copies).singleElement().isEqualTo(new byte[5]);
    }

    @Test
    void failsAtOnceWhenTooManyWait() {
        try (LogCapture log = LogCapture.open()) {
            List<Future<Boolean>> checks = new ArrayList<>();
            for (int i = 0; i < WORKERS + PasswordChecker.MAX_WAITING; i++) {
                checks.add(check("a", "wrong" + i));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(Await.failure(check("b", "wrong" + i)))
                        .isInstanceOf(OverloadException.class)
                        .hasMessage("too many logins at once");
            }
            assertThat(checks).noneMatch(Future::isComplete);
            assertThat(log.all())
                    .filteredOn(line -> line.contains("too many logins"))
                    .hasSize(1);

            gate.countDown();

            assertThat(Await.result(Future.all(checks)).<Boolean>list()).containsOnly(false);
            assertThat(Await.result(check("b", "right"))).isTrue();
        }
    }

    @Test
    void doesNoWorkForWhoHasGivenUp() {
        List<Future<Boolean>> first = List.of(check("a", "wrong1"), check("a", "wrong2"));
        Future<Boolean> forgotten = check("a", "wrong3");
        Future<Boolean> askedAgain = check("a", "right");
        settle();
        now.addAndGet(PATIENCE);
        Future<Boolean> again = check("a", "right");
        settle();
        gate.countDown();

        assertThat(Await.failure(forgotten)).isInstanceOf(OverloadException.class);
        assertThat(Await.result(askedAgain)).isTrue();
        assertThat(Await.result(again)).isTrue();
        assertThat(Await.result(Future.all(first)).<Boolean>list()).containsOnly(false);
    }

    @Test
    void passesAFailureOnAndKeepsWorking() {
        HashingSettings settings = new HashingSettings(1, PATIENCE, REMEMBER, now::get, (stored, password) -> {
            throw new IllegalStateException("broken");
        });
        PasswordChecker broken = new PasswordChecker(vertx.createSharedWorkerExecutor("hashing", WORKERS), settings);

        for (int i = 0; i < PasswordChecker.MAX_WAITING + 10; i++) {
            assertThat(Await.failure(Await.on(loop, () -> broken.check(UserPassword.of("a", "right"), hash))))
                    .hasMessage("broken");
        }
    }

    /** Once this returns, all that was asked before has reached the checker and both workers are at the gate. */
    private void settle() {
        Await.result(Await.on(loop, Future::succeededFuture));
        Await.result(vertx.executeBlocking(() -> {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (threads.size() < WORKERS && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            return threads.size();
        }));
    }
}
