package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics say about what has happened to sessions. */
class MetricsIT {

    @TempDir
    private static Path folder;

    private static AdminGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = AdminGateway.start(folder, """
            {'rules': [{'id': 'no', 'action': 'deny', 'to': '127.0.0.9'},
                       {'id': 'local', 'action': 'allow', 'to': ['127.0.0.0/8', 'localhost']}],
             'quotas': [{'name': 'few', 'key': 'client', 'sessions': 2,
                         'traffic': {'limit': '1GB', 'per': 'month'}}],
             'admin': {'token': '%s', 'metrics': {'topUsers': 2}}}\
            """.formatted(AdminGateway.TOKEN));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Sessions of the test before may end, and be counted, a little later. */
    @BeforeEach
    void awaitTheEndOfOthers() {
        gateway.awaitNobody();
        Await.until("all that have ended are counted", () -> {
            Scrape now = scrape();
            double ended = now.sum("socks_gateway_sessions_ended_total");
            return now.sum("socks_gateway_sessions_opened_total") == ended
                    && now.sum("socks_gateway_session_duration_seconds_count") == ended;
        });
    }

    @Test
    void theFormatIsThatOfPrometheus() throws Exception {
        HttpResponse<String> answer = gateway.get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        Scrape scrape = Scrape.of(answer.body());
        assertThat(scrape.names()).hasSizeGreaterThan(50).allMatch(name -> name.startsWith("socks_gateway_"));
        assertThat(scrape.described()).hasSizeGreaterThan(40);
    }

    @Test
    void aSessionIsCountedFromItsBeginningToItsEnd() throws Exception {
        Scrape before = scrape();
        try (TestTarget echo = TestTarget.echo();
                SocksClient client = gateway.client().tunnelTo(echo.address())) {
            client.send(new byte[1000]);
            assertThat(client.read(1000)).hasSize(1000);

            assertRise(before, "socks_gateway_sessions_opened_total{command='connect',listener='public'}", 1);
            Scrape during = scrape();
            assertThat(during.value("socks_gateway_sessions_open{command='connect',listener='public'}"))
                    .isOne();
            assertRise(before, during, "socks_gateway_relayed_bytes_total{direction='up',listener='public'}", 1000);
            assertRise(before, during, "socks_gateway_relayed_bytes_total{direction='down',listener='public'}", 1000);
            assertRise(before, during, "socks_gateway_tunnel_bytes_total{path='pipeline'}", 2000);
            assertRise(before, during, "socks_gateway_handshake_duration_seconds_count", 1);
            assertRise(before, during, "socks_gateway_connect_duration_seconds_count{result='connected'}", 1);
            client.finish().expectEnd();
        }
        assertRise(before, "socks_gateway_sessions_ended_total{listener='public',reason='client-closed'}", 1);
        assertRise(before, "socks_gateway_session_duration_seconds_count", 1);
        Scrape after = scrape();
        assertRise(before, after, "socks_gateway_relayed_bytes_total{direction='up',listener='public'}", 1000);
        assertThat(after.value("socks_gateway_sessions_open{command='connect',listener='public'}"))
                .isZero();
    }

    @Test
    void aRefusalIsCountedByItsReason() throws Exception {
        Scrape before = scrape();
        String denied = "socks_gateway_sessions_refused_total{listener='public',reason='denied'}";
        String refused = "socks_gateway_sessions_refused_total{listener='public',reason='refused'}";
        try (SocksClient client = gateway.client().greet().connectTo(ClosedPort.address());
                SocksClient other = gateway.client().greet().send("05 01 00 01 7F000009 0050")) {
            client.expect("05 05 00");
            other.expect("05 02 00");
        }
        assertRise(before, denied, 1);
        assertRise(before, refused, 1);
        assertRise(before, scrape(), "socks_gateway_connect_duration_seconds_count{result='failed'}", 1);
    }

    @Test
    void aQuotaThatRefusesIsNamed() throws Exception {
        Scrape before = scrape();
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = gateway.client().tunnelTo(echo.address());
                SocksClient second = gateway.client().tunnelTo(echo.address());
                SocksClient third = gateway.client().greet().connectTo(echo.address())) {
            third.expect("05 02 00");
            assertThat(first.socket().isConnected() && second.socket().isConnected())
                    .isTrue();
            assertRise(before, "socks_gateway_quota_refusals_total{quota='few'}", 1);
            assertThat(scrape().value("socks_gateway_quota_sessions_open{quota='few'}"))
                    .isEqualTo(2);
            assertThat(scrape().value("socks_gateway_quota_sessions_limit{quota='few'}"))
                    .isEqualTo(2);
            assertThat(scrape().value("socks_gateway_quota_traffic_limit_bytes{quota='few'}"))
                    .isEqualTo(1e9);
        }
    }

    /** A name in the hosts file needs no name server. */
    @Test
    void aNameThatIsKnownIsNoLookup() throws Exception {
        Scrape before = scrape();
        try (TestTarget echo = TestTarget.echo();
                SocksClient client = gateway.client()
                        .greet()
                        .send("05 01 00 03 09 6C6F63616C686F7374 %04X".formatted(echo.port()))) {
            client.expectSuccess();
        }
        assertRise(before, scrape(), "socks_gateway_dns_cached_total", 1);
    }

    /** Without a login nobody has a name, and with one only the few with most sessions are named. */
    @Test
    void noUserIsNamedWhoHasNone() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient client = gateway.client().tunnelTo(echo.address())) {
            assertThat(client.socket().isConnected()).isTrue();
            assertThat(scrape().names()).doesNotContain("socks_gateway_user_sessions_open");
        }
    }

    private static Scrape scrape() {
        try {
            return Scrape.of(gateway.get("/metrics").body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The same of what is counted a moment after clients have seen it. */
    private static void assertRise(Scrape before, String sample, double by) {
        Await.until(sample + " rises by " + by, () -> scrape().value(sample) - before.value(sample) == by);
    }

    private static void assertRise(Scrape before, Scrape after, String sample, double by) {
        assertThat(after.value(sample) - before.value(sample)).as(sample).isEqualTo(by);
    }
}
