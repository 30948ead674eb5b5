package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.HeldLoops;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take too long to say what they want. */
class HandshakeTimeoutIT {

    private static final AuthOutcome ACCEPTED = new AuthOutcome.Accepted(new Identity("a", Set.of()));

    private static final long HANDSHAKE = 500;
    /** Less than an octet now and then could go on for. */
    private static final long TOO_LONG = 15_000;

    private static CoreGateway.Setup setup() {
        return setup(HANDSHAKE);
    }

    private static CoreGateway.Setup setup(long handshake) {
        return CoreGateway.setup()
                .timeouts(Limits.standard().withHandshake(handshake).config());
    }

    /** A client that has said something before its time began. */
    private static SocksClient saying(CoreGateway gateway, String words) throws Exception {
        return HeldLoops.during(gateway.vertx(), () -> gateway.client().send(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05", "05 01", "04 01 00 50 7f 00 00 01", "05 01 00 05 01 00"})
    void whoeverStopsIsCutOff(String begin) throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = saying(gateway, begin)) {
            client.readToEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
        }
    }

    @Test
    void anOctetNowAndThenDoesNotHelp() throws Exception {
        try (CoreGateway gateway = setup().start()) {
            long start = System.nanoTime();
            try (SocksClient client = gateway.client()) {
                client.send("05 ff");
                do {
                    assertThat(millisSince(start)).as("still served").isLessThan(TOO_LONG);
                } while (isServed(client));
            }
            assertThat(millisSince(start)).isGreaterThanOrEqualTo(HANDSHAKE);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
        }
    }

    /** Says an octet and waits for a while. */
    private static boolean isServed(SocksClient client) {
        try {
            client.send("00").expectSilence(100);
            return true;
        } catch (IOException | AssertionError cutOff) {
            return false;
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void othersAreServedWhileManyAreSilent() throws Exception {
        List<SocksClient> silent = new ArrayList<>();
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            connect(gateway, silent);
            client.tunnelTo(target.address()).send("01").expect("01");
            assertThat(gateway.records()).as("all are still there").isEmpty();
        } finally {
            close(silent);
        }
    }

    @Test
    void manyThatAreCutOffTakeNobodyAlong() throws Exception {
        List<SocksClient> silent = new ArrayList<>();
        try (CoreGateway gateway = setup().start();
                TestTarget target = TestTarget.echo();
                SocksClient client = saying(gateway, "05 01 00" + SocksClient.connectRequest(target.address()))) {
            client.expect("05 00").expectSuccess();
            connect(gateway, silent);
            for (SocksClient other : silent) {
                other.expectEnd();
            }
            client.send("02").expect("02");
        } finally {
            close(silent);
        }
    }

    private static void connect(CoreGateway gateway, List<SocksClient> clients) throws IOException {
        for (int i = 0; i < 200; i++) {
            clients.add(gateway.client());
        }
    }

    private static void close(List<SocksClient> clients) throws IOException {
        for (SocksClient client : clients) {
            client.close();
        }
    }

    /** The authenticators' time is not the client's. */
    @Test
    void theTimeOfAuthenticationIsNotCounted() throws Exception {
        BlockingQueue<Promise<AuthOutcome>> asked = new LinkedBlockingQueue<>();
        try (CoreGateway gateway = setup(1_000)
                        .auth("userpass")
                        .authenticator(request -> {
                            Promise<AuthOutcome> answer = Promise.promise();
                            asked.add(answer);
                            return answer.future();
                        })
                        .start();
                TestTarget target = TestTarget.echo()) {
            // a client that the machine holds up may be cut off, rightly
            Eventually.isTrue("one goes on in time", () -> {
                try (SocksClient client = saying(gateway, "05 01 02 01 01 61 01 62")) {
                    client.expect("05 02").expectSilence(1_200);
                    Eventually.next(asked, "login").complete(ACCEPTED);
                    client.expect("01 00").expectSilence(300);
                    client.connectTo(target.address()).expectSuccess();
                    return true;
                } catch (IOException | AssertionError cutOff) {
                    return false;
                }
            });
        }
    }

    @Test
    void neitherIsThatOfTheQuotas() throws Exception {
        Promise<QuotaOutcome> answer = Promise.promise();
        try (CoreGateway gateway = setup().quotas(request -> answer.future()).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = saying(gateway, "05 01 00" + SocksClient.connectRequest(target.address()))) {
            client.expect("05 00").expectSilence((int) HANDSHAKE + 300);
            answer.complete(new QuotaOutcome.Granted(List.of()));
            client.expectSuccess();
        }
    }
}
