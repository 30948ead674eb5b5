package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules, held against what a gateway tells. */
class MonitoringIT {

    private static final Path MONITORING = Path.of("monitoring");
    private static final Pattern METRIC = Pattern.compile("\\bsocks_gateway_\\w+");

    @TempDir
    private static Path folder;

    private static AdminGateway gateway;
    private static String scrape;

    /** A gateway that has had every kind of event which makes a metric appear. */
    @BeforeAll
    static void start() throws Exception {
        TestCa ca = TestCa.create();
        TestCa.write(folder, "admin", ca.issue());
        gateway = AdminGateway.start(folder, """
                {'auth': {'users': [{'name': 'bob', 'password': 'pass-4711'}]},
                 'rules': [{'action': 'allow', 'to': '127.0.0.0/8'}],
                 'quotas': [{'name': 'one', 'key': 'user', 'sessions': 1, 'traffic': {'limit': '1GB', 'per': 'month'}}],
                 'admin': {'token': '%s', 'metrics': {'topUsers': 5},
                           'tls': {'certificate': 'admin.crt', 'key': 'admin.key'}}}""".formatted(AdminGateway.TOKEN));
        gateway.speak(ca.client());
        System.gc();
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = login().connectTo(echo.address());
                SocksClient second = login()) {
            first.expectSuccess();
            second.connectTo(echo.address()).expect("05 02");
            Await.until("everything has been counted", () -> scrape().names()
                    .containsAll(Set.of(
                            "socks_gateway_quota_refusals_total",
                            "socks_gateway_user_sessions_open",
                            "socks_gateway_quota_subject_sessions",
                            "socks_gateway_jvm_gc_pause_seconds_sum")));
            scrape = gateway.get("/metrics").body();
        }
    }

    private static SocksClient login() throws IOException {
        return gateway.client()
                .send("05 01 02")
                .expect("05 02")
                .send("01 03 626F62 09 706173732D34373131")
                .expect("01 00");
    }

    private static Scrape scrape() {
        try {
            return Scrape.of(gateway.get("/metrics").body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void everyMetricOfTheDashboardAndTheAlertsIsTold() throws IOException {
        for (String file : List.of("socks-gateway.json", "alerts.yml")) {
            Set<String> named = new TreeSet<>();
            METRIC.matcher(Files.readString(MONITORING.resolve(file)))
                    .results()
                    .forEach(found -> named.add(found.group()));

            assertThat(named).as(file).hasSizeGreaterThan(10);
            assertThat(Scrape.of(scrape).names()).as(file).containsAll(named);
        }
    }

    @Test
    void theDashboardIsOneOfGrafana() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(MONITORING.resolve("socks-gateway.json")));

        Set<Integer> ids = new TreeSet<>();
        for (Object each : dashboard.getJsonArray("panels")) {
            JsonObject panel = (JsonObject) each;
            assertThat(ids.add(panel.getInteger("id"))).as("another id").isTrue();
            assertThat(panel.getString("title")).isNotBlank();
            if (!panel.getString("type").equals("row")) {
                assertThat(panel.getString("description"))
                        .as(panel.getString("title"))
                        .isNotBlank();
                assertThat(panel.getJsonArray("targets"))
                        .as(panel.getString("title"))
                        .isNotEmpty();
            }
        }
        assertThat(ids).hasSizeGreaterThan(20);
    }

    @Test
    void promtoolAcceptsTheAlerts() throws Exception {
        assertThat(promtool(
                        "", "check", "rules", MONITORING.resolve("alerts.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void theAlertsComeWhenTheyShouldAndNotBefore() throws Exception {
        String cases = Files.readString(Path.of("src", "test", "resources", "alerts-test.yml"))
                .replace("[ALERTS]", "[\"" + MONITORING.resolve("alerts.yml").toAbsolutePath() + "\"]");
        Path file = Files.writeString(folder.resolve("alerts-test.yml"), cases);

        assertThat(promtool("", "test", "rules", file.toString())).contains("SUCCESS");
    }

    @Test
    void promtoolAcceptsTheMetricsAndTheirNames() throws Exception {
        assertThat(promtool(scrape, "check", "metrics")).isEmpty();
    }

    private static String promtool(String input, String... arguments) throws Exception {
        assumeTrue(isInstalled(), "promtool is not installed, so nothing is checked with it");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean isInstalled() {
        for (String place : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(place, "promtool"))) {
                return true;
            }
        }
        return false;
    }
}
