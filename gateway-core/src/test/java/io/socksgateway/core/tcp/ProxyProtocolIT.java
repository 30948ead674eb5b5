package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.bus.IdentRequest;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.HeldLoops;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener behind a balancer: the client is whom the PROXY header names. */
class ProxyProtocolIT {

    /** PROXY TCP4 192.0.2.7 203.0.113.1 56324 443 */
    private static final String V1 = "50 52 4f 58 59 20 54 43 50 34 20 31 39 32 2e 30 2e 32 2e 37 20 32 "
            + "30 33 2e 30 2e 31 31 33 2e 31 20 35 36 33 32 34 20 34 34 33 0d 0a ";

    private static final String SIGNATURE = "0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a ";
    private static final String V2 = SIGNATURE + "21 11 00 0c c0 00 02 07 cb 00 71 01 dc 04 01 bb ";
    /** PROXY TCP6 2001:db8::7 2001:db8::1 56324 443 */
    private static final String V1_IPV6 = "50 52 4f 58 59 20 54 43 50 36 20 32 30 30 31 3a 64 62 38 3a 3a 37 20 "
            + "32 30 30 31 3a 64 62 38 3a 3a 31 20 35 36 33 32 34 20 34 34 33 0d 0a ";

    private static final String V2_IPV6 = SIGNATURE
            + "21 21 00 2b" // with a TLV of 7 octets behind the addresses
            + "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 07"
            + "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01"
            + "dc 04 01 bb 03 00 04 00 00 00 00";

    private static CoreGateway.Setup setup() {
        return CoreGateway.setup().proxyProtocol();
    }

    private static InetSocketAddress told(String address) {
        return new InetSocketAddress(address, 56324);
    }

    @ParameterizedTest
    @CsvSource({V1 + ",192.0.2.7", V2 + ",192.0.2.7", V1_IPV6 + ",2001:db8::7", V2_IPV6 + ",2001:db8::7"})
    void theClientIsTheOneThatIsTold(String header, String address) throws Exception {
        try (CoreGateway gateway = setup().start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send(header).greet().connectTo(target.address()).expectSuccess();
            client.send(Hex.ascii("x")).expect(Hex.ascii("x")).finish().expectEnd();
            assertThat(gateway.nextRecord().client()).isEqualTo(told(address));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void headerAndAllElseInOneSegment(String header) throws Exception {
        try (CoreGateway gateway = setup().start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send(header + "05 01 00" + SocksClient.connectRequest(target.address()) + Hex.ascii("early"))
                    .finish()
                    .expect("05 00")
                    .expectSuccess();
            assertThat(client.readToEnd()).asString().isEqualTo("early");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void octetByOctet(String header) throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.sendSlowly(header + "05 01 00").expect("05 00");
        }
    }

    /** A balancer that checks or cannot tell: its own address counts. */
    @ParameterizedTest
    @ValueSource(strings = {SIGNATURE + "20 00 00 00", SIGNATURE + "21 00 00 00", "50524f585920554e4b4e4f574e0d0a"})
    void withoutAClientTheConnectionsOwnAddressCounts(String header) throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send(header).greet().send("05 09 00 01 7f000001 0050").expect("05 07");
            assertThat(gateway.nextRecord().client()).isEqualTo(client.socket().getLocalSocketAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05 01 00", // no header at all
                "16 03 01 00 f8",
                "50524f58592054435034200d0a", // PROXY TCP4 and nothing
                SIGNATURE + "31 11 00 0c",
                SIGNATURE + "21 12 00 0c", // UDP
            })
    void withoutAHeaderItEndsAtOnce(String begin) throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send(begin).readToEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.MALFORMED);
            assertThat(record.client()).isEqualTo(client.socket().getLocalSocketAddress());
        }
    }

    @Test
    void elsewhereAHeaderIsNoGreeting() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                SocksClient client = gateway.client()) {
            client.send(V1 + "05 01 00").readToEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.MALFORMED);
        }
    }

    @Test
    void aHeaderIsTakenOnce() throws Exception {
        try (CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send(V1 + V2).readToEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.MALFORMED);
            assertThat(record.client()).isEqualTo(told("192.0.2.7"));
        }
    }

    /** Header and handshake have one timeout between them. */
    @Test
    void aSlowHeaderIsCutOff() throws Exception {
        try (CoreGateway gateway = setup().timeouts(
                                Limits.standard().withHandshake(500).config())
                        .start();
                SocksClient silent = gateway.client();
                SocksClient slow =
                        HeldLoops.during(gateway.vertx(), () -> gateway.client().send(V2.substring(0, 60)));
                SocksClient late =
                        HeldLoops.during(gateway.vertx(), () -> gateway.client().send(V2 + "05"))) {
            silent.readToEnd();
            slow.readToEnd();
            late.readToEnd();
            List<InetSocketAddress> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                SessionRecord record = gateway.nextRecord();
                assertThat(record.reason()).isEqualTo(EndReason.TIMEOUT);
                clients.add(record.client());
            }
            assertThat(clients).contains(told("192.0.2.7"));
        }
    }

    /** A health check of the balancer's. */
    @ParameterizedTest
    @ValueSource(strings = {"", SIGNATURE + "20 00 00 00", V1})
    void aConnectionOfNothingButAHeaderIsNoSession(String header) throws Exception {
        try (CoreGateway gateway = setup().start()) {
            try (SocksClient check = gateway.client()) {
                check.send(header).finish().expectEnd();
            }
            assertThat(gateway.records().poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void rulesAndQuotasAndAuthenticatorsGetTheToldAddress() throws Exception {
        BlockingQueue<AuthRequest> logins = new LinkedBlockingQueue<>();
        BlockingQueue<QuotaRequest> quotas = new LinkedBlockingQueue<>();
        Rule forThem = new Rule(
                "them",
                true,
                Set.of(),
                Set.of(),
                List.of(Cidr.parse("192.0.2.0/24").orElseThrow()),
                Set.of(),
                new Destinations(Destinations.ANY.names(), List.of(), true),
                List.of());
        try (CoreGateway gateway = setup().rules(forThem)
                        .auth("userpass")
                        .authenticator(request -> {
                            logins.add(request);
                            return Future.succeededFuture(new AuthOutcome.Accepted(new Identity("a", Set.of())));
                        })
                        .quotas(request -> {
                            quotas.add(request);
                            return Future.succeededFuture(new QuotaOutcome.Granted(List.of()));
                        })
                        .start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client();
                SocksClient other = gateway.client()) {
            client.send(V2 + "05 01 02 01 01 61 01 62").expect("05 02 01 00");
            client.connectTo(target.address()).expectSuccess();
            assertThat(logins.take().client()).isEqualTo(told("192.0.2.7").getAddress());
            assertThat(quotas.take().subject().client()).isEqualTo("192.0.2.7");
            other.send(V2_IPV6 + "05 01 02 01 01 61 01 62").expect("05 02 01 00");
            other.connectTo(target.address()).expect("05 02");
        }
    }

    /** The client knows its connection by the balancer's port. */
    @Test
    void identdIsAskedAboutTheConnectionToTheBalancer() throws Exception {
        BlockingQueue<IdentRequest> asked = new LinkedBlockingQueue<>();
        try (CoreGateway gateway = setup().auth("identd")
                        .identd(request -> {
                            asked.add(request);
                            return Future.succeededFuture(new IdentOutcome.Mismatch());
                        })
                        .start();
                SocksClient client = gateway.client()) {
            client.send(V1 + "04 01 00 50 7f 00 00 01 61 00").expect("00 5d");
            IdentRequest request = asked.take();
            assertThat(request.client()).isEqualTo(told("192.0.2.7"));
            assertThat(request.gateway())
                    .isEqualTo(new InetSocketAddress(gateway.address().getAddress(), 443));
        }
    }
}
