package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.HeldLoops;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** SOCKS inside of TLS, up to the open tunnel. */
class TlsIT {

    private static final TestCa CA = TestCa.create();
    private static final String LOGIN = "01 05 616c696365 06 736563726574";

    private static CoreGateway.Setup setup() {
        return CoreGateway.setup().tls(CA.listener());
    }

    private static SocksClient client(CoreGateway gateway, String... versions) throws IOException {
        return gateway.client().startTls(CA.client(), versions);
    }

    private static Future<AuthOutcome> accepted() {
        return Future.succeededFuture(new AuthOutcome.Accepted(new Identity("alice", Set.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void everyDialect(String version) throws Exception {
        try (CoreGateway gateway = setup().start();
                TestTarget target = TestTarget.echo();
                SocksClient five = client(gateway, version);
                SocksClient four = client(gateway, version);
                SocksClient fourA = client(gateway, version)) {
            five.tunnelTo(target.address()).send("35").expect("35").finish().expectEnd();
            four.send("04 01" + Hex.port(target.port()) + "7f 00 00 01" + Hex.ascii("me") + "00")
                    .expect("00 5a");
            four.read(6);
            four.send("34").expect("34");
            fourA.send("04 01" + Hex.port(target.port()) + "00 00 00 07 00" + Hex.ascii("localhost") + "00")
                    .expect("00 5a");
            fourA.read(6);
            fourA.send("61").expect("61");
            SessionRecord record = gateway.nextRecord();
            assertThat(record.bytesUp()).isEqualTo(1);
            assertThat(record.client()).isEqualTo(five.socket().getLocalSocketAddress());
        }
    }

    @Test
    void aLogin() throws Exception {
        try (CoreGateway gateway = setup().auth("userpass")
                        .authenticator(request -> accepted())
                        .start();
                TestTarget target = TestTarget.echo();
                SocksClient client = client(gateway)) {
            client.send("05 01 02").expect("05 02").send(LOGIN).expect("01 00");
            client.connectTo(target.address()).expectSuccess();
            client.send("2a").expect("2a").finish().expectEnd();
            assertThat(gateway.nextRecord().user()).isEqualTo("alice");
        }
    }

    /** The last words arrive, and behind them a close_notify: without one this client would complain. */
    @Test
    void aRefusalEndsInOrder() throws Exception {
        try (CoreGateway gateway = setup().rules().start();
                SocksClient client = client(gateway);
                SocksClient other = client(gateway)) {
            client.greet()
                    .connectTo(gateway.address())
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
            other.send("05 01 7f").expect("05 ff").expectEnd();
        }
    }

    /** They come in one read, as nobody has read before: request, early data and the end, each a record of its own. */
    @Test
    void recordsThatWaitTogether() throws Exception {
        Promise<AuthOutcome> answer = Promise.promise();
        CountDownLatch asked = new CountDownLatch(1);
        try (CoreGateway gateway = setup().auth("userpass")
                        .authenticator(request -> {
                            asked.countDown();
                            return answer.future();
                        })
                        .start();
                TestTarget target = TestTarget.echo();
                SocksClient client = client(gateway)) {
            client.send("05 01 02").expect("05 02").send(LOGIN);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            client.connectTo(target.address());
            for (String early : List.of("e", "a", "r", "l", "y")) {
                client.send(Hex.ascii(early));
            }
            client.finish();
            answer.complete(new AuthOutcome.Accepted(new Identity("alice", Set.of())));
            client.expect("01 00").expectSuccess();
            assertThat(client.readToEnd()).asString().isEqualTo("early");
        }
    }

    @Test
    void finWhileAuthenticating() throws Exception {
        Promise<AuthOutcome> answer = Promise.promise();
        CountDownLatch asked = new CountDownLatch(1);
        try (CoreGateway gateway = setup().auth("userpass")
                        .authenticator(request -> {
                            asked.countDown();
                            return answer.future();
                        })
                        .start();
                SocksClient client = client(gateway)) {
            client.send("05 01 02").expect("05 02").send(LOGIN).finish();
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            answer.complete(new AuthOutcome.Accepted(new Identity("alice", Set.of())));
            client.expect("01 00").expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientsCertificateIsRequiredAndHasToBeOfTheCa(String version) throws Exception {
        X509Bundle own = CA.issue(CertificateBuilder::addExtendedKeyUsageClientAuth);
        X509Bundle foreign = TestCa.create().issue();
        try (CoreGateway gateway = CoreGateway.setup().tls(CA.listenerForOurs()).start();
                SocksClient ours = gateway.client().startTls(CA.client(own), version);
                SocksClient nobody = gateway.client().startTls(CA.client(), version);
                SocksClient stranger = gateway.client().startTls(CA.client(foreign), version)) {
            ours.greet();
            for (SocksClient refused : List.of(nobody, stranger)) {
                assertThatThrownBy(refused::greet).isInstanceOf(IOException.class);
                SessionRecord record = gateway.nextRecord();
                assertThat(record.reason()).isEqualTo(EndReason.TLS_FAILED);
                assertThat(record.client()).isEqualTo(refused.raw().getLocalSocketAddress());
            }
            ours.send("05 09 00 01 7f000001 0050").expect("05 07");
        }
    }

    @Test
    void aClientThatDoesNotTrustUs() throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client().startTls(TestCa.create().client())) {
            assertThatThrownBy(client::greet).isInstanceOf(IOException.class);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TLS_FAILED);
        }
    }

    @Test
    void anOldVersionIsRefusedWithItsAlert() throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send(String.join(
                    " ",
                    "16 03 01 00 2d", // a record of 45 octets
                    "01 00 00 29", // ClientHello
                    "03 02", // TLS 1.1
                    "00".repeat(32),
                    "00", // no session
                    "00 02 00 2f", // TLS_RSA_WITH_AES_128_CBC_SHA
                    "01 00"));
            byte[] alert = client.read(7);
            assertThat(alert[0]).isEqualTo((byte) 0x15);
            assertThat(alert).endsWith(2, 70); // fatal, protocol_version
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TLS_FAILED);
        }
    }

    @Test
    void plainSocksIsRefusedAndNotInTheLog() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ClientConnection.class);
        log.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send("05 01 02" + LOGIN);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TLS_FAILED);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("this is not TLS"))
                    .noneMatch(line -> line.contains("736563726574") || line.contains("secret"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    /** TLS and SOCKS have one timeout between them. */
    @Test
    void slowHandshakesAreCutOff() throws Exception {
        try (CoreGateway gateway = setup().timeouts(
                                Limits.standard().withHandshake(1_000).config())
                        .start();
                SocksClient silent = gateway.client();
                SocksClient begun =
                        HeldLoops.during(gateway.vertx(), () -> gateway.client().send("16 03 01 02 00 01"))) {
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(begun.readToEnd()).isEmpty();
            int tries = tryToGreetInTime(gateway);
            for (int i = 0; i < 2 + tries; i++) {
                SessionRecord record = gateway.nextRecord();
                assertThat(record.reason()).isEqualTo(EndReason.TIMEOUT);
                assertThat(record.durationMillis()).isGreaterThanOrEqualTo(1_000);
            }
        }
    }

    /** Greets and then says nothing until it is cut off. A machine that is busy may keep it from greeting in time, but not always. */
    private static int tryToGreetInTime(CoreGateway gateway) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Eventually.isTrue("one greets in time", () -> {
            tries.incrementAndGet();
            try (SocksClient secured = client(gateway)) {
                try {
                    secured.greet();
                } catch (IOException cutOff) {
                    return false;
                }
                assertThatThrownBy(secured::readToEnd).isInstanceOf(IOException.class);
                return true;
            }
        });
        return tries.get();
    }

    @Test
    void aHandshakeWithNothingBehindItIsNoSession() throws Exception {
        try (CoreGateway gateway = setup().start()) {
            try (SocksClient check = client(gateway)) {
                ((SSLSocket) check.socket()).startHandshake();
            }
            try (SocksClient check = gateway.client()) {
                check.finish().expectEnd();
            }
            assertThat(gateway.records().poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50524f58592054435034203139322e302e322e37203230332e302e3131332e31203536333234203434330d0a",
                "0d0a0d0a000d0a515549540a 21 11 000c c0000207 cb007101 dc04 01bb",
            })
    void behindAProxyHeader(String header) throws Exception {
        try (CoreGateway gateway = setup().proxyProtocol().start();
                TestTarget target = TestTarget.echo();
                SocksClient plain = gateway.client();
                SocksClient headless = client(gateway)) {
            SocksClient client = plain.send(header).startTls(CA.client());
            client.tunnelTo(target.address()).send("2a").expect("2a").finish().expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.client()).isEqualTo(new InetSocketAddress("192.0.2.7", 56324));
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            assertThatThrownBy(headless::greet).isInstanceOf(IOException.class);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.MALFORMED);
        }
    }

    @Test
    void onJavasOwnTransport() throws Exception {
        try (CoreGateway gateway = setup().withoutEpoll().start();
                TestTarget target = TestTarget.echo();
                SocksClient client = client(gateway)) {
            client.tunnelTo(target.address()).send("2a").expect("2a").finish().expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        }
    }
}
