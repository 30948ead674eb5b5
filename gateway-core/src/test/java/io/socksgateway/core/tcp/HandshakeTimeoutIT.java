package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take too long to say what they want. */
class HandshakeTimeoutIT {

    private static final long HANDSHAKE = 500;
    private static final long TOLERANCE = 3_000;

    private static CoreGateway.Setup setup() {
        return CoreGateway.setup()
                .timeouts(Limits.standard().withHandshake(HANDSHAKE).config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05", "05 01", "04 01 00 50 7f 00 00 01", "05 01 00 05 01 00"})
    void whoeverStopsIsCutOff(String begin) throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send(begin);
            client.readToEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
        }
    }

    @Test
    void anOctetNowAndThenDoesNotHelp() throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            long start = System.nanoTime();
            client.send("05 ff");
            try {
                while (true) {
                    client.send("00");
                    client.expectSilence(100);
                    if (System.nanoTime() - start > 5_000_000_000L) {
                        fail("still served");
                    }
                }
            } catch (IOException | AssertionError cutOff) {
                long millis = (System.nanoTime() - start) / 1_000_000;
                assertThat(millis).isBetween(HANDSHAKE, HANDSHAKE + TOLERANCE);
            }
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
        }
    }

    @Test
    void othersAreServedWhileManyAreSilent() throws Exception {
        List<SocksClient> silent = new ArrayList<>();
        try (CoreGateway gateway = CoreGateway.setup()
                        .timeouts(Limits.standard().withHandshake(1_500).config())
                        .start();
                TestTarget target = TestTarget.echo()) {
            for (int i = 0; i < 200; i++) {
                silent.add(gateway.client());
            }
            try (SocksClient client = gateway.client()) {
                long start = System.nanoTime();
                client.tunnelTo(target.address()).send("01").expect("01");
                assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(1_000);
                for (SocksClient other : silent) {
                    other.expectEnd();
                }
                client.send("02").expect("02");
            }
        } finally {
            for (SocksClient other : silent) {
                other.close();
            }
        }
    }

    /** The authenticators' time is not the client's. */
    @Test
    void theTimeOfAuthenticationIsNotCounted() throws Exception {
        Promise<AuthOutcome> answer = Promise.promise();
        try (CoreGateway gateway = CoreGateway.setup()
                        .timeouts(Limits.standard().withHandshake(1_000).config())
                        .auth("userpass")
                        .authenticator(request -> answer.future())
                        .start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 01 02 01 01 61 01 62").expect("05 02").expectSilence(1_200);
            answer.complete(new AuthOutcome.Accepted(new Identity("a", Set.of())));
            client.expect("01 00").expectSilence(100);
            client.connectTo(target.address()).expectSuccess();
        }
    }

    @Test
    void neitherIsThatOfTheQuotas() throws Exception {
        Promise<QuotaOutcome> answer = Promise.promise();
        try (CoreGateway gateway = setup().quotas(request -> answer.future()).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.greet().connectTo(target.address()).expectSilence((int) HANDSHAKE + 300);
            answer.complete(new QuotaOutcome.Granted(List.of()));
            client.expectSuccess();
        }
    }
}
