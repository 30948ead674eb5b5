package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientAuthenticatorTest {

    private static final long LONG = 60_000;
    private static final AuthCacheConfig HALF_A_MINUTE = new AuthCacheConfig(30_000, 3);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicLong clock = new AtomicLong();
    private final Outside outside = new Outside();

    /** Answers when the test wants it. */
    private static final class Outside implements RemoteSource<Answer> {
        private final Queue<Promise<Answer>> open = new ArrayDeque<>();
        private final List<AuthRequest> asked = new ArrayList<>();
        private final List<String> judged = new ArrayList<>();
        /** Of what is to be done here, if it takes time. */
        private @Nullable Promise<Answer> verdict;

        private final List<String> standings = new ArrayList<>();

        @Override
        public String name() {
            return "outside";
        }

        @Override
        public Future<Answer> ask(AuthRequest request) {
            asked.add(request);
            Promise<Answer> promise = Promise.promise();
            open.add(promise);
            return promise.future();
        }

        @Override
        public Future<Answer> judge(Answer said, AuthRequest request) {
            judged.add(new String(request.credentials().password(), StandardCharsets.UTF_8));
            Promise<Answer> later = verdict;
            return later == null ? Future.succeededFuture(said) : later.future();
        }

        @Override
        public Future<Standing> standing(String login, Identity known) {
            standings.add(login);
            return Future.succeededFuture(Standing.GOOD);
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void remembersWhoWasRightForAWhile() {
        PatientAuthenticator<Answer> authenticator = patient(4, LONG, HALF_A_MINUTE);

        assertThat(answered(authenticator, "alice", "right", accepted("alice"))).isEqualTo(accepted("alice"));
        assertThat(now(authenticator, "alice", "right")).isEqualTo(accepted("alice"));
        assertThat(answered(authenticator, "alice", "other", Answer.WRONG_PASSWORD))
                .isEqualTo(Answer.WRONG_PASSWORD);
        assertThat(answered(authenticator, "alice", "other", Answer.WRONG_PASSWORD))
                .isEqualTo(Answer.WRONG_PASSWORD);
        assertThat(outside.asked).hasSize(3);

        advance(Duration.ofSeconds(30));
        assertThat(answered(authenticator, "alice", "right", Answer.WRONG_PASSWORD))
                .isEqualTo(Answer.WRONG_PASSWORD);
    }

    @Test
    void remembersForOneClientAndListenerOnly() {
        PatientAuthenticator<Answer> authenticator = patient(4, LONG, HALF_A_MINUTE);
        answered(authenticator, "alice", "right", accepted("alice"));
        AuthRequest elsewhere =
                new AuthRequest("s2", "internal", InetAddress.getLoopbackAddress(), UserPassword.of("alice", "right"));

        run(() -> authenticator.authenticate(elsewhere));
        assertThat(outside.asked).hasSize(2);
    }

    @Test
    void remembersNobodyIfSoConfigured() {
        PatientAuthenticator<Answer> authenticator = patient(4, LONG, AuthCacheConfig.NONE);
        answered(authenticator, "alice", "right", accepted("alice"));
        answered(authenticator, "alice", "right", accepted("alice"));
        assertThat(outside.asked).hasSize(2);
    }

    @Test
    void forgetsWhomItIsToldTo() {
        PatientAuthenticator<Answer> authenticator = patient(4, LONG, HALF_A_MINUTE);
        answered(authenticator, "ALICE", "right", accepted("alice"));
        answered(authenticator, "bob", "right", accepted("bob"));

        authenticator.forget("alice"::equals);
        assertThat(now(authenticator, "bob", "right")).isEqualTo(accepted("bob"));
        answered(authenticator, "ALICE", "right", accepted("alice"));
        assertThat(outside.asked).hasSize(3);
    }

    @Test
    void asksOnceForEqualLoginsAtTheSameTime() {
        PatientAuthenticator<Answer> authenticator = patient(1, LONG, HALF_A_MINUTE);
        Future<Answer> first = run(() -> authenticator.authenticate(request("alice", "right")));
        Future<Answer> second = run(() -> authenticator.authenticate(request("alice", "right")));
        answer(accepted("alice"));

        assertThat(Await.result(first)).isEqualTo(accepted("alice"));
        assertThat(Await.result(second)).isEqualTo(accepted("alice"));
        assertThat(outside.asked).hasSize(1);
    }

    @Test
    void asksOnlySoManyAtATimeInOrder() {
        PatientAuthenticator<Answer> authenticator = patient(2, LONG, HALF_A_MINUTE);
        for (String user : List.of("a", "b", "c", "d")) {
            run(() -> authenticator.authenticate(request(user, "x")));
        }
        assertThat(outside.asked).extracting(each -> each.credentials().user()).containsExactly("a", "b");
        answer(Answer.WRONG_PASSWORD);
        assertThat(outside.asked).extracting(each -> each.credentials().user()).containsExactly("a", "b", "c");
    }

    @Test
    void aSilentOneKeepsItsPlaceUntilItEnds() {
        PatientAuthenticator<Answer> authenticator = patient(1, 20, HALF_A_MINUTE);

        assertThat(Await.failure(run(() -> authenticator.authenticate(request("alice", "x")))))
                .isInstanceOf(AuthException.class)
                .hasMessage("no answer in 20 ms");
        assertThat(Await.failure(run(() -> authenticator.authenticate(request("alice", "x")))))
                .hasMessage("no answer in 20 ms");
        assertThat(outside.asked).hasSize(1);

        // Too late for the first, and for the second that waited meanwhile; a third is asked about.
        advance(Duration.ofMillis(20));
        answer(accepted("alice"));
        run(() -> authenticator.authenticate(request("alice", "x")));
        assertThat(outside.asked).hasSize(2);
    }

    @Test
    void keepsAPasswordUntilTheAnswerAndNoLonger() {
        PatientAuthenticator<Answer> authenticator = patient(1, LONG, HALF_A_MINUTE);
        AuthRequest request = request("alice", "right");
        Future<Answer> answer = run(() -> authenticator.authenticate(request));
        request.credentials().wipe();
        byte[] copy = outside.asked.get(0).credentials().password();

        assertThat(copy).containsExactly("right".getBytes(StandardCharsets.UTF_8));
        answer(Answer.WRONG_PASSWORD);
        Await.result(answer);
        assertThat(copy).containsOnly(0);
    }

    @Test
    void itsTimeIsNotThatOfWhatIsDoneHere() throws Exception {
        PatientAuthenticator<Answer> authenticator = patient(1, 200, HALF_A_MINUTE);
        Promise<Answer> verdict = Promise.promise();
        outside.verdict = verdict;
        Future<Answer> first = run(() -> {
            Future<Answer> asked = authenticator.authenticate(request("alice", "right"));
            outside.open.remove().complete(accepted("alice")); // before its time can be over
            return asked;
        });
        // Its place is free, and its time is stopped, while the hash is checked.
        Future<Answer> second = run(() -> authenticator.authenticate(request("bob", "right")));
        assertThat(outside.asked).hasSize(2);
        assertThat(Await.failure(second)).hasMessage("no answer in 200 ms");
        assertThat(first.isComplete()).isFalse();

        byte[] copy = outside.asked.get(0).credentials().password();
        assertThat(copy).doesNotContain(0);
        run(() -> {
            verdict.complete(accepted("alice"));
            return first;
        });
        assertThat(Await.result(first)).isEqualTo(accepted("alice"));
        Eventually.isTrue("wiped", () -> copy[0] == 0);
        assertThat(outside.judged).containsExactly("right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u0085"})
    void asksNobodyAboutNamesThatAreNone(String user) {
        PatientAuthenticator<Answer> authenticator = patient(1, LONG, HALF_A_MINUTE);
        assertThat(now(authenticator, user, "x")).isInstanceOf(Answer.Unknown.class);
        assertThat(outside.asked).isEmpty();
    }

    @Test
    void anEmptyPasswordIsNeverRight() {
        PatientAuthenticator<Answer> authenticator = patient(1, LONG, HALF_A_MINUTE);
        assertThat(now(authenticator, "alice", "")).isEqualTo(new Answer.Rejected("empty password"));
        assertThat(outside.asked).isEmpty();
    }

    @Test
    void asksHowItStandsByTheNameOfTheLogin() {
        PatientAuthenticator<Answer> authenticator = patient(1, LONG, HALF_A_MINUTE);
        Identity alice = new Identity("alice", Set.of()).loggedInAs("alice@example.com");

        assertThat(Await.result(run(() -> authenticator.standing(alice)))).isEqualTo(Standing.GOOD);
        Await.result(run(() -> authenticator.standing(new Identity("bob", Set.of()))));
        Await.result(run(() -> authenticator.standing(Identity.ANONYMOUS)));
        assertThat(outside.standings).containsExactly("alice@example.com", "bob");
    }

    private PatientAuthenticator<Answer> patient(int concurrency, long timeout, AuthCacheConfig cache) {
        return new PatientAuthenticator<>(vertx, outside, concurrency, timeout, cache, clock::get);
    }

    private void advance(Duration by) {
        clock.addAndGet(by.toNanos());
    }

    /** Asks, and lets it be answered. */
    @CanIgnoreReturnValue
    private Answer answered(PatientAuthenticator<Answer> authenticator, String user, String password, Answer answer) {
        Future<Answer> asked = run(() -> authenticator.authenticate(request(user, password)));
        answer(answer);
        return Await.result(asked);
    }

    private Answer now(PatientAuthenticator<Answer> authenticator, String user, String password) {
        return Await.result(run(() -> authenticator.authenticate(request(user, password))));
    }

    private void answer(Answer answer) {
        Await.result(Await.on(loop, () -> {
            outside.open.remove().complete(answer);
            return Future.succeededFuture();
        }));
    }

    /** Starts it on the event loop, and returns when it has been started. */
    @CanIgnoreReturnValue
    private <T> Future<T> run(Supplier<Future<T>> work) {
        Promise<Future<T>> started = Promise.promise();
        loop.runOnContext(go -> started.complete(work.get()));
        return Await.result(started.future());
    }

    private static Answer accepted(String user) {
        return new Answer.Accepted(new Identity(user, Set.of()));
    }

    private static AuthRequest request(String user, String password) {
        return new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, password));
    }
}
