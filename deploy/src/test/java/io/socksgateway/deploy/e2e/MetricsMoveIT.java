package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.api.Scrape;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.DnsFixture;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every metric that the documentation names, at a packaged gateway that has had an eventful life. */
class MetricsMoveIT {

    private static final String TOKEN = "token-0f83d5b6c127";
    private static final String ALICE = "pass-4711-first";
    private static final String BOB = "pass-0815-second";
    private static final String PREFIX = "socks_gateway_";
    private static final Pattern NAME = Pattern.compile("`([a-z_*]+)`");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Enough for a direction to be spliced, where that can be done. */
    private static final int BULK = 8 << 20;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    /** What the life of {@link #live} leaves behind. */
    private static final List<String> MOVING = List.of(
            "sessions_opened_total{command='connect',listener='public'}",
            "sessions_opened_total{command='udp',listener='secure'}",
            "sessions_ended_total{listener='public',reason='client-closed'}",
            "sessions_refused_total{listener='public',reason='quota'}",
            "sessions_refused_total{listener='public',reason='refused'}",
            "sessions_refused_total{listener='public',reason='auth-failed'}",
            "session_duration_seconds_count",
            "quota_refusals_total{quota='few'}",
            "quota_store_written_total{store='node'}",
            "relayed_bytes_total{direction='up',listener='public'}",
            "relayed_bytes_total{direction='down',listener='public'}",
            "tunnel_bytes_total{path='pipeline'}",
            "datagrams_dropped_total{reason='malformed'}",
            "handshake_duration_seconds_count",
            "auth_duration_seconds_count{result='accepted'}",
            "auth_duration_seconds_count{result='rejected'}",
            "dns_duration_seconds_count{result='found'}",
            "dns_duration_seconds_count{result='failed'}",
            "connect_duration_seconds_count{result='connected'}",
            "connect_duration_seconds_count{result='failed'}",
            "logins_total{result='accepted'}",
            "logins_total{result='failed'}",
            "logins_total{result='banned'}",
            "login_bans_total",
            "event_loop_lag_seconds_count{loop='0'}",
            "reloads_total{result='applied'}",
            "reloads_total{result='refused'}",
            "reload_last_applied_timestamp_seconds",
            "admin_refused_total",
            "process_cpu_seconds_total");

    private static final TestCa CA = TestCa.create();

    private String config(DnsFixture names, String rule) {
        return """
                {"listeners": [{"name": "public", "port": 0, "auth": "userpass"},
                               {"name": "secure", "port": 0, "auth": "userpass",
                                "tls": {"certificate": "gw.crt", "key": "gw.key"}}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}, {"name": "bob", "password": "%s"}],
                          "backoff": {"failures": 2, "within": "2m", "ban": "1m"}},
                 "dns": {"servers": "127.0.0.1:%d"},
                 "rules": [{"id": "%s", "action": "allow", "to": ["127.0.0.0/8", "*.test"]}],
                 "quotas": [{"name": "few", "key": "user", "sessions": 1, "traffic": {"limit": "1GB", "per": "month"}}],
                 "admin": {"port": 0, "token": "%s", "metrics": {"topUsers": 5}}}""".formatted(ALICE, BOB, names.address().getPort(), rule, TOKEN);
    }

    @Test
    void everyDocumentedSeriesIsThereAndMoves() throws Exception {
        TestCa.write(folder, "gw", CA.issue());
        try (DnsFixture names = DnsFixture.start().name("known.test", "127.0.0.1");
                TestTarget echo = TestTarget.echo()) {
            Path file = Files.writeString(folder.resolve("gateway.json"), config(names, "near"));
            try (PackagedGateway gateway = PackagedGateway.launch("--config", file.toString())
                    .keeping(TOKEN, ALICE, BOB)
                    .expecting("Reloads +reload: ")
                    .awaitReady()) {
                URI admin = admin(gateway);
                Scrape before = scrape(admin);
                assertThat(http.send(
                                        HttpRequest.newBuilder(admin.resolve("/metrics"))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(401);
                openSessions(gateway, admin, echo);
                live(gateway, echo);
                reload(admin, file, names);

                for (String sample : MOVING) {
                    Await.until(
                            sample + " moves",
                            DEADLINE,
                            () -> scrape(admin).value(PREFIX + sample) > before.value(PREFIX + sample));
                }
                Scrape after = scrape(admin);
                assertThat(moved(after) - moved(before)).isGreaterThanOrEqualTo(2.0 * BULK);
                assertThat(after.value(PREFIX + "certificate_expiry_timestamp_seconds{listener='secure'}"))
                        .isGreaterThan(System.currentTimeMillis() / 1e3);
            }
        }
    }

    /** While sessions are open all names are there, and no others. */
    private void openSessions(PackagedGateway gateway, URI admin, TestTarget echo) throws Exception {
        try (SocksClient first = login(gateway.client("public"), "alice", ALICE).connectTo(echo.address());
                SocksClient second = login(gateway.client("public"), "alice", ALICE)) {
            first.expectSuccess();
            second.connectTo(echo.address()).expect("05 02");
            Await.until("the fullest subjects are told", DEADLINE, () -> scrape(admin)
                    .names()
                    .contains(PREFIX + "quota_subject_traffic_bytes"));
            for (String one : List.of(
                    "sessions_open{command='connect',listener='public'}",
                    "quota_sessions_open{quota='few'}",
                    "quota_subject_sessions{quota='few',subject='alice'}",
                    "user_sessions_open{user='alice'}")) {
                Await.until(one + " is 1", DEADLINE, () -> scrape(admin).value(PREFIX + one) == 1);
            }
            Scrape during = scrape(admin);
            assertThat(during.names()).as("documented").allMatch(name -> documented()
                    .anyMatch(pattern -> pattern.matcher(name).matches()));
            assertThat(documented()).allSatisfy(pattern -> assertThat(during.names())
                    .anyMatch(name -> pattern.matcher(name).matches()));
            Bulk.exchange(first.socket(), BULK, 7);
        }
    }

    /** What the documentation names; a histogram has several series. */
    private static Stream<Pattern> documented() {
        try {
            String text = Files.readString(Path.of("docs", "admin.md"));
            String table = text.substring(text.indexOf("## Metrics"), text.indexOf("## API"));
            return table.lines()
                    .filter(line -> line.startsWith("| `"))
                    .flatMap(line -> NAME.matcher(line.split("\\|", -1)[1]).results())
                    .map(name -> Pattern.compile(
                            PREFIX + name.group(1).replace("*", "\\w+") + "(_bucket|_count|_sum|_max)?"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ban comes last, as it is about all who come from here. */
    private static void live(PackagedGateway gateway, TestTarget echo) throws IOException {
        try (SocksClient client = login(gateway.client("public"), "bob", BOB).connectTo(ClosedPort.address())) {
            client.expect("05 05");
        }
        try (SocksClient client = login(gateway.client("public"), "bob", BOB)) {
            client.send("05 01 00 03" + Hex.counted("known.test") + Hex.port(echo.port()))
                    .expectSuccess();
            client.finish().expectEnd();
        }
        try (SocksClient client = login(gateway.client("public"), "bob", BOB)) {
            client.send("05 01 00 03" + Hex.counted("unknown.test") + "0050").expect("05 04");
        }
        try (SocksClient client = login(gateway.client("secure").startTls(CA.client()), "bob", BOB);
                DatagramSocket own = socket();
                DatagramSocket target = socket()) {
            InetSocketAddress relay = client.send("05 03 00 01 00000000 0000").expectSuccess();
            own.send(new DatagramPacket(new byte[1], 1, relay));
            byte[] datagram = Hex.bytes("0000 00 01 7f000001" + Hex.port(target.getLocalPort()) + "2a");
            own.send(new DatagramPacket(datagram, datagram.length, relay));
            target.receive(new DatagramPacket(new byte[10], 10)); // so the one before it has been looked at
        }
        for (int i = 0; i < 3; i++) {
            try (SocksClient client = gateway.client("public")) {
                client.send("05 01 02").expect("05 02").send("01" + Hex.counted("eve") + Hex.counted("wrong"));
                assertThat(client.read(2)[1]).isNotZero();
            }
        }
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private void reload(URI admin, Path file, DnsFixture names) throws Exception {
        Files.writeString(file, config(names, "id\": 7, \"id"));
        assertThat(post(admin, "/api/v1/reload")).isEqualTo(422);
        assertThat(scrape(admin).value(PREFIX + "reload_last_successful")).isZero();
        Files.writeString(file, config(names, "nearer"));
        assertThat(post(admin, "/api/v1/reload")).isEqualTo(200);
        assertThat(scrape(admin).value(PREFIX + "reload_last_successful")).isEqualTo(1);
    }

    private static double moved(Scrape scrape) {
        return Stream.of("pipeline", "copy", "splice")
                .mapToDouble(path -> scrape.value(PREFIX + "tunnel_bytes_total{path='" + path + "'}"))
                .sum();
    }

    private static SocksClient login(SocksClient client, String user, String password) throws IOException {
        return client.send("05 01 02 01" + Hex.counted(user) + Hex.counted(password))
                .expect("05 02 01 00");
    }

    private static URI admin(PackagedGateway gateway) {
        Matcher line =
                Pattern.compile(" admin on (http://\\S+)").matcher(gateway.log().text());
        assertThat(line.find()).isTrue();
        return URI.create(line.group(1));
    }

    private Scrape scrape(URI admin) {
        try {
            return Scrape.of(http.send(request(admin, "/metrics").build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int post(URI admin, String path) throws IOException, InterruptedException {
        return http.send(
                        request(admin, path)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpRequest.Builder request(URI admin, String path) {
        return HttpRequest.newBuilder(admin.resolve(path)).header("Authorization", "Bearer " + TOKEN);
    }
}
