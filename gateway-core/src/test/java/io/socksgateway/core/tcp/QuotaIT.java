package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.quota.QuotaSubject;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is granted is given back once, whatever happens. */
class QuotaIT {

    private static final String REFUSED = "05 02 00 01 00 00 00 00 00 00";

    private final BlockingQueue<QuotaRequest> asked = new LinkedBlockingQueue<>();

    private CoreGateway.Setup setup(Future<QuotaOutcome> answer) {
        return CoreGateway.setup().quotas(request -> {
            asked.add(request);
            return answer;
        });
    }

    private static Future<QuotaOutcome> granted() {
        return Future.succeededFuture(new QuotaOutcome.Granted(List.of("per-user")));
    }

    private QuotaRequest nextRequest() throws InterruptedException {
        QuotaRequest request = asked.poll(30, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nobody asked in 30 s");
        }
        return request;
    }

    @Test
    void aSessionIsCountedUntilItEnds() throws Exception {
        try (CoreGateway gateway = setup(granted()).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address()).send("01").expect("01");
            assertThat(gateway.hasReleased()).isFalse();
            client.finish().expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(gateway.nextRelease())
                    .isEqualTo(record.id())
                    .isEqualTo(nextRequest().session());
            assertThat(gateway.hasReleased()).isFalse();
        }
    }

    @Test
    void theClaimOfTheAuthenticatorIsTold() throws Exception {
        Identity alice = new Identity("alice", Set.of("staff"), "gold", null, Identity.NEVER, "partner");
        CoreGateway.Setup setup = setup(granted())
                .auth("userpass")
                .authenticator(request -> Future.succeededFuture(new AuthOutcome.Accepted(alice)));
        try (CoreGateway gateway = setup.start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 01 02").expect("05 02").send("01 01 61 01 62").expect("01 00");
            client.connectTo(target.address()).expectSuccess();
            assertThat(nextRequest().subject())
                    .isEqualTo(new QuotaSubject("alice", Set.of("staff"), "127.0.0.1", "test", "gold"));
        }
    }

    @Test
    void aSessionThatCannotBeOpenedIsGivenBack() throws Exception {
        int gone = ClosedPort.port();
        try (CoreGateway gateway = setup(granted()).start();
                SocksClient client = gateway.client()) {
            client.greet().send("05 01 00 01 7f000001 %04x".formatted(gone)).expect("05 05");
            assertThat(gateway.nextRelease()).isEqualTo(gateway.nextRecord().id());
        }
    }

    @Test
    void whatNoQuotaConcernsIsNotGivenBack() throws Exception {
        try (CoreGateway gateway = setup(Future.succeededFuture(new QuotaOutcome.Granted(List.of())))
                        .start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address()).finish().expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            assertThat(gateway.hasReleased()).isFalse();
        }
    }

    @Test
    void aRefusalIsNotAllowedAndNothingIsDialled() throws Exception {
        try (CoreGateway gateway = setup(Future.succeededFuture(new QuotaOutcome.Refused("per-user", "10 of 10")))
                        .start();
                TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client();
                SocksClient four = gateway.client()) {
            client.greet().connectTo(target.address()).expect(REFUSED).expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.QUOTA);
            assertThat(record.quota()).isEqualTo("per-user");
            assertThat(record.replyCode()).isEqualTo(2);
            four.send("04 01 %04x 7f000001 00".formatted(target.port()))
                    .expect("00 5b 0000 00000000")
                    .expectEnd();
            assertThat(gateway.nextRecord().replyCode()).isEqualTo(91);
            assertThat(target.isUntouched()).isTrue();
            assertThat(gateway.hasReleased()).isFalse();
        }
    }

    @Test
    void aFailureIsARefusalAndGivesBackWhatMayHaveBeenGranted() throws Exception {
        try (CoreGateway gateway = setup(Future.failedFuture("store down")).start();
                TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            client.greet().connectTo(target.address()).expect(REFUSED).expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.QUOTA);
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            assertThat(target.isUntouched()).isTrue();
        }
    }

    @Test
    void soIsSilence() throws Exception {
        Promise<QuotaOutcome> late = Promise.promise();
        try (CoreGateway gateway = setup(late.future())
                        .timeouts(Limits.standard().withAuth(300).config())
                        .start();
                TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            client.greet().connectTo(target.address()).expect(REFUSED).expectEnd();
            assertThat(gateway.nextRelease()).isEqualTo(gateway.nextRecord().id());
            late.complete(new QuotaOutcome.Granted(List.of("per-user")));
            assertThat(target.isUntouched()).isTrue();
        }
    }

    @Test
    void withoutQuotasNobodyIsAsked() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address());
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void theSubjectIsTheClientAsTheGatewayKnowsIt() throws Exception {
        try (CoreGateway gateway = setup(granted()).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("04 01 %04x 7f000001 726f6f74 00".formatted(target.port()))
                    .expect("00 5a");
            QuotaRequest request = nextRequest();
            assertThat(request.subject().user()).isNull();
            assertThat(request.subject().client()).isEqualTo("127.0.0.1");
            assertThat(request.subject().listener()).isEqualTo("test");
        }
    }
}
