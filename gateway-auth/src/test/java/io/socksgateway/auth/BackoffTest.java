package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.store.LocalFailureStore;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Authenticators that answer when the test wants them to. */
class BackoffTest {

    private static final AuthOutcome WRONG = new AuthOutcome.Rejected("wrong password");

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<Promise<AuthOutcome>> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Backoff backoff(long patience) {
        return new Backoff(
                vertx,
                new BackoffRule(2, 60_000, 60_000, 60_000),
                new BackoffServices(ClusterBus.of(vertx, "edge-1"), new LocalFailureStore(), new LoginCounts()),
                request -> {
                    Promise<AuthOutcome> answer = Promise.promise();
                    asked.add(answer);
                    return answer.future();
                },
                credentials -> Future.succeededFuture(false),
                patience,
                () -> 0); // time that others take is none that a login has waited
    }

    private Future<AuthOutcome> login(Backoff backoff, String password) {
        AuthRequest request = new AuthRequest(
                "s", "public", Addresses.parse("192.0.2.7").orElseThrow(), UserPassword.of("alice", password));
        return Await.on(loop, () -> backoff.authenticate(request));
    }

    @Test
    void whoWaitsIsAskedAboutWithItsOwnPasswordOnceThereIsRoom() throws Exception {
        Backoff backoff = backoff(60_000);
        Future<AuthOutcome> one = login(backoff, "a");
        Future<AuthOutcome> two = login(backoff, "b");
        Future<AuthOutcome> three = login(backoff, "c");
        Await.result(Await.on(loop, Future::succeededFuture)); // behind all three
        assertThat(asked).hasSize(2);
        loop.runOnContext(go -> asked.get(0).fail("directory down"));
        assertThat(Await.failure(one)).hasMessage("directory down");
        Eventually.isTrue("it has its turn", () -> asked.size() == 3);
        answer(1);
        answer(2);
        assertThat(Await.result(two)).isEqualTo(WRONG);
        assertThat(Await.result(three)).isEqualTo(WRONG);
        assertThat(Await.result(login(backoff, "right"))).isNotEqualTo(WRONG);
        assertThat(asked).hasSize(3);
    }

    /** Or a few logins that hang would shut out all who share their address, for ever. */
    @Test
    void anAuthenticatorThatHangsHoldsUpOthersForAsLongAsAnAskerWaits() throws Exception {
        Backoff backoff = backoff(200);
        for (int i = 0; i < 2; i++) {
            assertThat(login(backoff, "hangs").isComplete()).isFalse();
        }
        Future<AuthOutcome> next = login(backoff, "waits");
        Eventually.isTrue("it has its turn", () -> asked.size() == 3);
        answer(2);
        assertThat(Await.result(next)).isEqualTo(WRONG);
        answer(0);
        assertThat(Await.result(login(backoff, "x")))
                .as("what comes late counts all the same")
                .isNotEqualTo(WRONG);
    }

    private void answer(int question) {
        Await.result(Await.on(loop, () -> {
            asked.get(question).complete(WRONG);
            return Future.succeededFuture(true);
        }));
    }
}
