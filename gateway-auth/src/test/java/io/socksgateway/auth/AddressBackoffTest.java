package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.session.GssTerms;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.core.store.LocalFailureStore;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who guesses at the secrets of a method of one's own, or tries tickets. */
class AddressBackoffTest {

    private static final MethodAnswer CONTINUE = new MethodAnswer.Continue(0, ByteBuffer.allocate(1), 1, null);
    private static final MethodAnswer NO = new MethodAnswer.Rejected(ByteBuffer.allocate(1), "wrong answer");
    private static final MethodAnswer YES =
            new MethodAnswer.Accepted(new Identity("alice", Set.of()), 0, ByteBuffer.allocate(1));

    private final Vertx vertx = Vertx.vertx();
    private final LoginCounts counts = new LoginCounts();
    private final List<Promise<MethodAnswer>> asked = new ArrayList<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Backoff backoff(BackoffRule rule) {
        return new Backoff(
                vertx,
                rule,
                new BackoffServices(ClusterBus.of(vertx, "edge-1"), new LocalFailureStore(), counts),
                request -> Future.succeededFuture(new AuthOutcome.Rejected("unknown user")),
                credentials -> Future.succeededFuture(false),
                1_000,
                System::nanoTime);
    }

    private AddressBackoff<ExchangeRequest, MethodAnswer> methods(BackoffRule rule) {
        return AddressBackoff.ofMethods(backoff(rule), request -> {
            Promise<MethodAnswer> answer = Promise.promise();
            asked.add(answer);
            return answer.future();
        });
    }

    private static ExchangeRequest from(String client) {
        return new ExchangeRequest(
                "s", "public", Addresses.parse(client).orElseThrow(), 0x80, 0, ByteBuffer.allocate(0), null);
    }

    private MethodAnswer exchange(
            AddressBackoff<ExchangeRequest, MethodAnswer> methods, String client, MethodAnswer answer) {
        int before = asked.size();
        Future<MethodAnswer> result = methods.ask(from(client));
        if (asked.size() > before) {
            asked.get(before).complete(answer);
        }
        return result.result();
    }

    private static boolean isBan(MethodAnswer answer) {
        return answer instanceof MethodAnswer.Rejected rejected
                && rejected.reason().startsWith("banned");
    }

    @Test
    void rejectionsOfAnAddressAreCountedAndItsOwnersAskedNoMore() {
        AddressBackoff<ExchangeRequest, MethodAnswer> methods = methods(new BackoffRule(2, 60_000, 60_000, 60_000));
        assertThat(exchange(methods, "192.0.2.7", CONTINUE)).isSameAs(CONTINUE);
        assertThat(exchange(methods, "192.0.2.7", NO)).isSameAs(NO);
        assertThat(exchange(methods, "192.0.2.7", YES)).isSameAs(YES);
        assertThat(exchange(methods, "192.0.2.7", NO)).isSameAs(NO);
        assertThat(isBan(exchange(methods, "192.0.2.7", YES))).isTrue();
        assertThat(asked).hasSize(4);
        assertThat(exchange(methods, "192.0.2.8", YES)).isSameAs(YES);
        assertThat(counts.failed().sum()).isEqualTo(2);
        assertThat(counts.accepted().sum()).isEqualTo(2);
        assertThat(counts.banned().sum()).isOne();
    }

    @Test
    void aBurstOfGuessesIsNoBetter() {
        AddressBackoff<ExchangeRequest, MethodAnswer> methods = methods(new BackoffRule(2, 60_000, 60_000, 60_000));
        List<Future<MethodAnswer>> burst = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            burst.add(methods.ask(from("192.0.2.7")));
        }
        for (int i = 0; i < 99; i++) {
            asked.get(i).complete(NO);
        }
        asked.get(99).complete(YES);
        assertThat(isBan(burst.get(99).result())).isTrue();
    }

    @Test
    void anOwnerThatFailsIsNoFailureOfTheClient() {
        AddressBackoff<ExchangeRequest, MethodAnswer> methods = methods(new BackoffRule(1, 60_000, 60_000, 60_000));
        Future<MethodAnswer> broken = methods.ask(from("192.0.2.7"));
        asked.get(0).fail("plug-in down");
        assertThat(broken.failed()).isTrue();
        assertThat(exchange(methods, "192.0.2.7", YES)).isSameAs(YES);
    }

    @Test
    void switchedOffItBansNobody() {
        AddressBackoff<ExchangeRequest, MethodAnswer> methods = methods(BackoffRule.OFF);
        for (int i = 0; i < 20; i++) {
            assertThat(exchange(methods, "192.0.2.7", NO)).isSameAs(NO);
        }
        assertThat(exchange(methods, "192.0.2.7", YES)).isSameAs(YES);
    }

    /** A ticket that nobody has issued costs its sender nothing; and a client that is banned meanwhile leaves no keys behind. */
    @Test
    void contextsAreRefusedAfterTooManyThatWereWrong() {
        Closing messages = new Closing();
        GssOutcome no = new GssOutcome.NoContext("the token is defective");
        GssOutcome more = new GssOutcome.Continues(GssToken.of(new byte[1]), new GssOutcome.Context() {});
        GssOutcome yes = new GssOutcome.Established(
                GssToken.of(new byte[1]),
                new Identity("alice", Set.of()),
                messages,
                new GssTerms(List.of(Protection.INTEGRITY), false));
        List<Promise<GssOutcome>> accepting = new ArrayList<>();
        AddressBackoff<GssRequest, GssOutcome> contexts =
                AddressBackoff.ofContexts(backoff(new BackoffRule(2, 60_000, 60_000, 60_000)), request -> {
                    Promise<GssOutcome> answer = Promise.promise();
                    accepting.add(answer);
                    return answer.future();
                });
        List<Future<GssOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outcomes.add(contexts.ask(new GssRequest(
                    "s", "public", Addresses.parse("192.0.2.7").orElseThrow(), GssToken.of(new byte[1]), null)));
        }

        accepting.get(0).complete(more);
        accepting.get(1).complete(no);
        accepting.get(2).complete(yes);
        assertThat(messages.closed).isFalse();
        accepting.get(3).complete(no);
        accepting.get(4).complete(yes);

        assertThat(outcomes.get(0).result()).isSameAs(more);
        assertThat(outcomes.get(2).result()).isSameAs(yes);
        assertThat(outcomes.get(4).result())
                .isInstanceOfSatisfying(GssOutcome.NoContext.class, refused -> assertThat(refused.reason())
                        .startsWith("banned"));
        assertThat(messages.closed).isTrue();
        assertThat(counts.failed().sum()).isEqualTo(2);
        assertThat(counts.accepted().sum()).isOne();
    }

    private static final class Closing implements MessageProtection {
        private boolean closed;

        @Override
        public boolean confidentialityAvailable() {
            return true;
        }

        @Override
        public boolean orderKnown() {
            return true;
        }

        @Override
        public byte[] wrap(byte[] octets, boolean confidential) {
            return octets;
        }

        @Override
        public Opened unwrap(byte[] token) {
            return new Opened(token, true, Order.NEXT);
        }

        @Override
        public int longestMessage(int token, boolean confidential) {
            return token;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
