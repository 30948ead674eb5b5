package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticatorChainTest {

    private static final AuthOutcome UNKNOWN_USER = new AuthOutcome.Rejected("unknown user");
    private static final Answer ALICE = new Answer.Accepted(new Identity("alice", Set.of("staff")));
    private static final Answer NOT_MINE = new Answer.Unknown(null);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<String> asked = new ArrayList<>();
    private final Queue<String> verified = new ConcurrentLinkedQueue<>();
    private final PasswordChecker checker = new PasswordChecker(
            vertx.createSharedWorkerExecutor("hashing", 1),
            new HashingSettings(1, Long.MAX_VALUE, 0, System::nanoTime, (hash, password) -> {
                verified.add(hash.toString());
                return hash.verify(password);
            }));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void asksInOrderUntilOneKnowsTheUser() {
        assertThat(outcome(says("one", NOT_MINE), says("two", ALICE), says("three", Answer.WRONG_PASSWORD)))
                .isEqualTo(new AuthOutcome.Accepted(new Identity("alice", Set.of("staff")).from("two")));
        assertThat(asked).containsExactly("one", "two");
    }

    @Test
    void stopsAtARejection() {
        assertThat(outcome(says("one", Answer.WRONG_PASSWORD), says("two", ALICE)))
                .isEqualTo(new AuthOutcome.Rejected("wrong password"));
        assertThat(asked).containsExactly("one");
    }

    @Test
    void rejectsWhomNobodyKnows() {
        assertThat(outcome()).isEqualTo(UNKNOWN_USER);
        assertThat(outcome(says("one", NOT_MINE), says("two", NOT_MINE))).isEqualTo(UNKNOWN_USER);
        assertThat(verified).isEmpty();
    }

    @Test
    void checksTheCostliestDecoyOnceIfNobodyKnowsTheUser() {
        Answer cheap = new Answer.Unknown(PasswordHash.parse("x").decoy());
        Answer dear = new Answer.Unknown(PasswordHash.parse(Vectors.BCRYPT).decoy());

        assertThat(outcome(says("one", cheap), says("two", dear), says("three", NOT_MINE), says("four", cheap)))
                .isEqualTo(UNKNOWN_USER);
        assertThat(verified).containsExactly("bcrypt,5");
    }

    @Test
    void letsNobodyInWhenAnAuthenticatorFails() {
        try (LogCapture log = LogCapture.open()) {
            Throwable failure = Await.failure(ask(
                    answers("one", () -> Future.failedFuture(new IllegalStateException("no: alice/s3cret"))),
                    says("two", ALICE)));

            assertThat(failure).hasMessage("authenticator one failed: java.lang.IllegalStateException");
            assertThat(asked).containsExactly("one");
            assertThat(log.await("authenticator one failed")).startsWith("WARN").doesNotContain("s3cret");
            assertThat(log.all()).noneMatch(line -> line.contains("s3cret"));
        }
    }

    @Test
    void takesAnExceptionForAFailure() {
        Authenticator throwing = answers("one", () -> {
            throw new AuthException("the directory is away");
        });

        assertThat(Await.failure(ask(throwing, says("two", ALICE))))
                .hasMessage("authenticator one failed: the directory is away");
    }

    @Test
    void leavesALogOfAFloodToWhoHasSeenItFirst() {
        try (LogCapture log = LogCapture.open()) {
            assertThat(Await.failure(ask(answers("one", () -> Future.failedFuture(new OverloadException("too many"))))))
                    .hasMessage("too many");
            assertThat(log.all()).noneMatch(line -> line.contains("too many"));
        }
    }

    private AuthOutcome outcome(Authenticator... chain) {
        return Await.result(ask(chain));
    }

    private Future<AuthOutcome> ask(Authenticator... chain) {
        AuthRequest request =
                new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of("alice", "s3cret"));
        return Await.on(loop, () -> new AuthenticatorChain(List.of(chain), checker).authenticate(request));
    }

    private Authenticator says(String name, Answer answer) {
        return answers(name, () -> Future.succeededFuture(answer));
    }

    private Authenticator answers(String name, Supplier<Future<Answer>> answer) {
        return new Authenticator() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Future<Answer> authenticate(AuthRequest request) {
                asked.add(name);
                return answer.get();
            }
        };
    }
}
