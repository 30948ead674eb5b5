package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.KeepsSecret;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 1929 with the answers of an authenticator. */
@KeepsSecret(LoginIT.PASSWORD)
class LoginIT {

    static final String PASSWORD = "login-horse-1741";

    private static final String LOGIN = "01 05 616c696365 " + Hex.counted(LoginIT.PASSWORD);

    private final BlockingQueue<AuthRequest> asked = new LinkedBlockingQueue<>();

    private CoreGateway.Setup setup(Future<AuthOutcome> answer) {
        return CoreGateway.setup().auth("userpass").authenticator(request -> {
            asked.add(request);
            return answer;
        });
    }

    private static Future<AuthOutcome> accepted() {
        return Future.succeededFuture(new AuthOutcome.Accepted(new Identity("alice", Set.of("staff"))));
    }

    @Test
    void theRightPasswordOpensTheSessionUnderTheVerifiedName() throws Exception {
        try (CoreGateway gateway = setup(accepted()).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 01 02").expect("05 02");
            client.sendSlowly(LOGIN).expect("01 00");
            client.connectTo(target.address()).expectSuccess();
            client.send("2a").expect("2a").finish().expectEnd();
            assertThat(gateway.nextRecord().user()).isEqualTo("alice");
            AuthRequest request = asked.remove();
            assertThat(request.listener()).isEqualTo("test");
            assertThat(request.client().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void everythingInOneSegment() throws Exception {
        try (CoreGateway gateway = setup(accepted()).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 02 00 02" + LOGIN + SocksClient.connectRequest(target.address()) + "2a 2b");
            client.expect("05 02 01 00").expectSuccess();
            client.expect("2a 2b");
        }
    }

    @Test
    void thePasswordIsWipedOnceThereIsAnAnswer() throws Exception {
        Promise<AuthOutcome> answer = Promise.promise();
        try (CoreGateway gateway = setup(answer.future()).start();
                SocksClient client = gateway.client()) {
            client.send("05 01 02").expect("05 02").send(LOGIN);
            AuthRequest request = asked.poll(30, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            byte[] password = request.credentials().password();
            assertThat(password).isEqualTo(PASSWORD.getBytes(StandardCharsets.US_ASCII));
            answer.complete(new AuthOutcome.Rejected("no"));
            client.expect("01 01").expectEnd();
            Eventually.isTrue("wiped", () -> request.credentials().password()[0] == 0);
            assertThat(password).containsOnly(0);
        }
    }

    @Test
    void aFailureLooksLikeAWrongPassword() throws Exception {
        assertRejected(setup(Future.failedFuture("directory down")).timeouts(patient()), 0);
    }

    @Test
    void soDoesSilence() throws Exception {
        assertRejected(
                setup(Promise.<AuthOutcome>promise().future())
                        .timeouts(Limits.standard().withAuth(300).config()),
                300);
    }

    @Test
    void soDoesAnException() throws Exception {
        assertRejected(
                CoreGateway.setup()
                        .auth("userpass")
                        .authenticator(request -> {
                            throw new UnsupportedOperationException("a defect of the authenticator");
                        })
                        .timeouts(patient()),
                0);
    }

    /** Nobody who waits for silence is answered in the time that the client waits. */
    private static TimeoutsConfig patient() {
        return Limits.standard().withAuth(120_000).config();
    }

    private static void assertRejected(CoreGateway.Setup setup, long atLeast) throws Exception {
        try (CoreGateway gateway = setup.start();
                SocksClient client = gateway.client()) {
            long start = System.nanoTime();
            client.send("05 01 02" + LOGIN).expect("05 02 01 01").expectEnd();
            assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(atLeast);
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.AUTH_FAILED);
            assertThat(record.user()).isNull();
        }
    }
}
