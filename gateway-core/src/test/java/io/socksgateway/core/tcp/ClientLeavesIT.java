package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.Blackhole;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that go while somebody is being asked for them: nothing of them stays. */
class ClientLeavesIT {

    private static final AuthOutcome ACCEPTED = new AuthOutcome.Accepted(new Identity("a", Set.of()));
    private static final QuotaOutcome GRANTED = new QuotaOutcome.Granted(List.of("q"));

    private final CountDownLatch asked = new CountDownLatch(1);

    private <T> Future<T> ask(Promise<T> answer) {
        asked.countDown();
        return answer.future();
    }

    private void awaitQuestion() throws InterruptedException {
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void resetWhileAuthenticating() throws Exception {
        Promise<AuthOutcome> answer = Promise.promise();
        try (CoreGateway gateway = CoreGateway.setup()
                .auth("userpass")
                .authenticator(request -> ask(answer))
                .start()) {
            SocksClient client =
                    gateway.client().send("05 01 02 01 01 61 01 62").expect("05 02");
            awaitQuestion();
            client.reset();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            answer.complete(ACCEPTED);
            assertServes(gateway);
        }
    }

    @Test
    void finWhileAuthenticating() throws Exception {
        Promise<AuthOutcome> answer = Promise.promise();
        try (CoreGateway gateway = CoreGateway.setup()
                        .auth("userpass")
                        .authenticator(request -> ask(answer))
                        .start();
                SocksClient client = gateway.client()) {
            client.send("05 01 02 01 01 61 01 62").expect("05 02").finish();
            awaitQuestion();
            answer.complete(ACCEPTED);
            client.expect("01 00").expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        }
    }

    @Test
    void resetWhileTheQuotasAreAsked() throws Exception {
        Promise<QuotaOutcome> answer = Promise.promise();
        try (CoreGateway gateway =
                        CoreGateway.setup().quotas(request -> ask(answer)).start();
                TestTarget target = TestTarget.manual()) {
            SocksClient client = gateway.client().greet().connectTo(target.address());
            awaitQuestion();
            client.reset();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            answer.complete(GRANTED);
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            assertThat(target.isUntouched()).isTrue();
            assertThat(gateway.hasReleased()).isFalse();
        }
    }

    @Test
    void resetWhileTheTargetIsDialled() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup()
                        .quotas(request -> Future.succeededFuture(GRANTED))
                        .start();
                Blackhole hole = Blackhole.open()) {
            long before = TcpState.countTo(hole.address().getPort());
            SocksClient client = gateway.client().greet().connectTo(hole.address());
            Eventually.isTrue("dialled", () -> TcpState.countTo(hole.address().getPort()) == before + 1);
            client.reset();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            assertThat(record.dialled()).isEqualTo(hole.address());
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            Eventually.isTrue("given up", () -> TcpState.countTo(hole.address().getPort()) == before);
            assertThat(gateway.hasReleased()).isFalse();
        }
    }

    @Test
    void resetWhileTheNameIsLookedUp() throws Exception {
        io.netty.util.concurrent.Promise<List<InetSocketAddress>> never = ImmediateEventExecutor.INSTANCE.newPromise();
        try (CoreGateway gateway = CoreGateway.setup()
                .quotas(request -> Future.succeededFuture(GRANTED))
                .names((loop, name, port) -> {
                    asked.countDown();
                    return never;
                })
                .start()) {
            SocksClient client = gateway.client().greet().send("05 01 00 03 01 61 0050");
            awaitQuestion();
            client.reset();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            never.setFailure(new UnknownHostException("a"));
            assertThat(gateway.records()).isEmpty();
        }
    }

    private static void assertServes(CoreGateway gateway) throws Exception {
        try (SocksClient client = gateway.client()) {
            client.send("05 01 02").expect("05 02");
        }
    }
}
