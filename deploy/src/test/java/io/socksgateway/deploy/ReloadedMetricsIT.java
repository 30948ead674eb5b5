package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.api.Scrape;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The series of listeners and quotas that come and go with reloads. */
class ReloadedMetricsIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong later = new AtomicLong();
    private final Path file;
    private Service service;

    ReloadedMetricsIT(@TempDir Path folder) {
        this.file = folder.resolve("gateway.json");
    }

    @BeforeEach
    void start() throws Exception {
        write("old");
        service = Service.start(new RunArguments(file, null), new Ending(), () -> later.get() + System.nanoTime());
    }

    @AfterEach
    void stop() {
        assertThat(service.stop()).isTrue();
    }

    /** A listener and a quota of that name, besides those that stay. */
    private void write(String name) throws IOException {
        Files.writeString(file, """
                {"listeners": [{"name": "stays", "port": 0}, {"name": "%s", "host": "127.0.0.%d", "port": 0}],
                 "rules": [{"action": "allow", "to": "127.0.0.0/8"}],
                 "quotas": [{"name": "q-stays", "key": "client", "sessions": 9},
                            {"name": "q-%s", "key": "client", "sessions": 1}],
                 "admin": {"port": 0},
                 "timeouts": {"drain": "0s"},
                 "log": {"access": {"path": "access.log"}}}""".formatted(name, name.equals("old") ? 2 : 3, name));
    }

    private void reload(String name) throws IOException {
        write(name);
        assertThat(Await.result(service.reloads().reload()).applied()).isTrue();
    }

    private String text() {
        try {
            URI metrics = URI.create("http://127.0.0.1:" + service.adminPort() + "/metrics");
            return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whoever scrapes every few minutes is told to the end. */
    private void assertForgotten() {
        Await.until("the quota's session has ended, and all is told", () -> {
            Scrape scrape = Scrape.of(text());
            return scrape.value("socks_gateway_sessions_open{command='connect',listener='old'}") == 0;
        });
        assertThat(text()).contains("old\"");
        later.addAndGet(TimeUnit.MINUTES.toNanos(10));
        assertThat(text()).contains("old\"");
        assertThat(text()).contains("old\"");
        Await.until("nothing is told of them", () -> {
            later.addAndGet(TimeUnit.MINUTES.toNanos(5));
            return !text().contains("old\"");
        });
    }

    private SocksClient client(String listener) throws IOException {
        return SocksClient.connect(service.gateway().listeners().get(listener));
    }

    private static String relayed(String listener) {
        return "socks_gateway_relayed_bytes_total{direction='up',listener='" + listener + "'}";
    }

    @Test
    void whatComesBeginsAtZero() throws Exception {
        assertThat(Scrape.of(text()).has(relayed("new"))).isFalse();
        reload("new");

        Scrape scrape = Scrape.of(text());

        assertThat(scrape.value("socks_gateway_sessions_opened_total{command='connect',listener='new'}"))
                .isZero();
        assertThat(scrape.value("socks_gateway_sessions_refused_total{listener='new',reason='full'}"))
                .isZero();
        assertThat(scrape.value("socks_gateway_sessions_open{command='connect',listener='new'}"))
                .isZero();
        assertThat(scrape.value(relayed("new"))).isZero();
        assertThat(scrape.value("socks_gateway_quota_refusals_total{quota='q-new'}"))
                .isZero();
    }

    @Test
    void whatGoesIsToldToItsEndAndThenNoMore() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient open = client("old").tunnelTo(echo.address());
                SocksClient refused = client("old").greet().connectTo(echo.address())) {
            refused.expect("05 02 00");
            open.send(new byte[1000]);
            assertThat(open.read(1000)).hasSize(1000);
            reload("new");
            assertThat(text()).isNotEmpty();
            String refusals = "socks_gateway_quota_refusals_total{quota='q-old'}";
            Await.until("the refusal is counted", () -> Scrape.of(text()).value(refusals) == 1);
            Scrape still = Scrape.of(text());
            assertThat(still.value(relayed("old"))).as("it has a session").isEqualTo(1000);
            assertThat(still.value("socks_gateway_sessions_open{command='connect',listener='old'}"))
                    .isEqualTo(1);
            assertThat(still.value(refusals)).as("it counts a session").isEqualTo(1);
        }
        assertForgotten();

        Scrape after = Scrape.of(text());
        assertThat(after.has(relayed("stays"))).isTrue();
        assertThat(after.has(relayed("new"))).isTrue();
        assertThat(after.has("socks_gateway_quota_refusals_total{quota='q-stays'}"))
                .isTrue();
    }

    @Test
    void whatComesBackBeginsAnew() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient client = client("old").tunnelTo(echo.address())) {
            client.send(new byte[1000]);
            assertThat(client.read(1000)).hasSize(1000);
            client.finish().expectEnd();
        }
        reload("new");
        assertForgotten();

        reload("old");
        assertThat(Scrape.of(text()).value(relayed("old"))).isZero();
        try (TestTarget echo = TestTarget.echo();
                SocksClient client = client("old").tunnelTo(echo.address())) {
            client.send(new byte[2000]);
            assertThat(client.read(2000)).hasSize(2000);
            Scrape scrape = Scrape.of(text());
            assertThat(scrape.value(relayed("old"))).isEqualTo(2000);
            assertThat(scrape.value("socks_gateway_sessions_opened_total{command='connect',listener='old'}"))
                    .isEqualTo(1);
            assertThat(scrape.value("socks_gateway_sessions_open{command='connect',listener='old'}"))
                    .isEqualTo(1);
        }
    }
}
