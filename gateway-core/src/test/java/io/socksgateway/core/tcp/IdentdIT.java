package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.LogCapture;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentdIT {

    private static String connect(TestTarget target) {
        return "04 01" + Hex.port(target.port()) + "7f 00 00 01" + Hex.ascii("alice") + "00";
    }

    private static CoreGateway gateway(Future<IdentOutcome> answer) {
        return gateway(answer, 60_000);
    }

    private static CoreGateway gateway(Future<IdentOutcome> answer, long timeout) {
        return CoreGateway.setup()
                .auth("identd")
                .identd(request -> request.userId().equals("alice") ? answer : Future.failedFuture("not asked so"))
                .timeouts(Limits.standard().withAuth(timeout).config())
                .start();
    }

    @Test
    void letsAConfirmedUserIn() throws Exception {
        try (CoreGateway gateway =
                        gateway(Future.succeededFuture(new IdentOutcome.Confirmed(new Identity("alice", Set.of()))));
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send(connect(target) + Hex.ascii("x")).expect("00 5a");
            client.read(6);
            client.expect(Hex.ascii("x")).finish().expectEnd();
            assertThat(gateway.nextRecord().user()).isEqualTo("alice");
        }
    }

    @Test
    void says92WithoutIdentd() throws Exception {
        refuses(gateway(Future.succeededFuture(new IdentOutcome.Unavailable("a reason"))), "5c", "a reason");
    }

    @Test
    void says92WhenNobodyAnswers() throws Exception {
        refuses(gateway(Promise.<IdentOutcome>promise().future(), 300), "5c", "no answer in 300 ms");
    }

    @Test
    void says93ForAnotherUser() throws Exception {
        refuses(gateway(Future.succeededFuture(new IdentOutcome.Mismatch())), "5d", "it names another user");
    }

    @Test
    void hasNoMethodForSocks5() throws Exception {
        try (CoreGateway gateway = gateway(Future.succeededFuture(new IdentOutcome.Mismatch()));
                SocksClient client = gateway.client()) {
            client.send("05 02 00 02").expect("05 ff").expectEnd();
        }
    }

    private static void refuses(CoreGateway gateway, String code, String why) throws Exception {
        try (gateway;
                LogCapture log = LogCapture.open();
                TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            client.send(connect(target))
                    .expect("00" + code + "00 00 00 00 00 00")
                    .expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.AUTH_FAILED);
            assertThat(target.isUntouched()).isTrue();
            String port = Integer.toString(client.socket().getLocalPort());
            assertThat(log.await("identd"))
                    .endsWith("identd of 127.0.0.1:" + port + " does not confirm \"alice\": " + why);
        }
    }
}
