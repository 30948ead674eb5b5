package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that changes while the gateway runs: by signal, API, command, and by itself. */
class ReloadIT {

    private static final String FAILURES = " ERROR .*Reloads reload";
    private static final String WORD = "open-7c2e9a41";

    @TempDir
    private Path folder;

    private Path file;
    private List<Integer> ports;
    private JsonObject config;

    @BeforeEach
    void configure() {
        file = folder.resolve("gateway.json");
        ports = FreePorts.take(4);
        config = new JsonObject("""
                {"listeners": [{"name": "main", "port": %d, "auth": ["userpass"]},
                               {"name": "old", "port": %d, "auth": ["userpass"]}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}, {"name": "bob", "password": "%s"}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"handshake": "60s"},
                 "admin": {"port": %d}}""".formatted(ports.get(0), ports.get(1), WORD, WORD, ports.get(3)));
    }

    @Test
    void newRulesUsersAndListenersAreInForceAndTheRestGoesOn() throws Exception {
        try (PackagedGateway gateway = start();
                TestTarget denied = TestTarget.echo();
                TestTarget echo = TestTarget.echo();
                SocksClient waiting = login(0, "alice");
                SocksClient stays = login(0, "alice").connectTo(echo.address());
                SocksClient stays2 = login(1, "alice").connectTo(echo.address());
                SocksClient refused = login(0, "alice").connectTo(denied.address());
                SocksClient removed = login(0, "bob").connectTo(echo.address())) {
            for (SocksClient each : List.of(stays, stays2, refused, removed)) {
                each.expectSuccess();
            }
            config.getJsonArray("rules")
                    .add(
                            0,
                            new JsonObject()
                                    .put("id", "no")
                                    .put("action", "deny")
                                    .put("ports", new JsonArray().add(denied.port())));
            config.getJsonObject("auth").getJsonArray("users").getJsonObject(1).put("name", "carol");
            config.getJsonArray("listeners").getJsonObject(1).put("name", "new").put("port", ports.get(2));
            write();
            gateway.hangUp();
            gateway.log().await("configuration reloaded: listeners \\(1 opened, 1 closed\\), auth, rules, 1 session");

            refused.expectReset();
            assertThat(gateway.session(refused.socket()).getString("reason")).isEqualTo("revoked");
            removed.expectReset();
            assertThat(gateway.session(removed.socket()).getString("reason")).isEqualTo("revoked");
            assertThat(exchange(stays)).isEqualTo("still here");
            assertThat(exchange(stays2)).isEqualTo("still here");
            waiting.connectTo(echo.address()).expectSuccess(); // its handshake began before

            try (SocksClient late = login(0, "carol").connectTo(echo.address())) {
                late.expectSuccess();
            }
            try (SocksClient late = login(2, "alice").connectTo(denied.address())) {
                late.expect("05 02 00 01");
            }
            try (SocksClient late = greet(0, "bob")) {
                late.expect("01 01");
            }
            assertThatThrownBy(() -> login(1, "alice")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aWrongFileChangesNothingAndSaysWhy() throws Exception {
        try (PackagedGateway gateway = start().expecting(FAILURES);
                TestTarget echo = TestTarget.echo();
                SocksClient client = login(0, "alice").connectTo(echo.address())) {
            client.expectSuccess();
            config.getJsonArray("listeners").getJsonObject(0).put("port", 70_000);
            config.getJsonArray("rules").getJsonObject(0).put("action", "maybe");
            write();
            gateway.hangUp();
            gateway.log().await("reload: listeners\\[0\\]\\.port: 70000");
            gateway.log().await("reload: rules\\[0\\]\\.action: \"maybe\"");
            gateway.log().await("reload: the configuration of before stays in force");

            HttpResponse<String> answer = post();
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(new JsonObject(answer.body()).getJsonArray("errors"))
                    .hasSize(2)
                    .anySatisfy(line -> assertThat(line.toString()).startsWith("listeners[0].port: 70000"));
            Distribution.Outcome command =
                    Distribution.run("", "reload", "--admin", "http://127.0.0.1:" + ports.get(3));
            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.err()).contains("rules[0].action");
            assertThat(exchange(client)).isEqualTo("still here");
            try (SocksClient late = login(0, "bob").connectTo(echo.address())) {
                late.expectSuccess();
            }
            assertThat(metrics())
                    .contains("socks_gateway_reloads_total{result=\"refused\"} 3.0")
                    .contains("socks_gateway_reloads_total{result=\"applied\"} 0.0");
        }
    }

    @Test
    void whatOnlyARestartCanChangeIsRefusedWithAllElse() throws Exception {
        try (PackagedGateway gateway = start().expecting(FAILURES)) {
            config.put("node", new JsonObject().put("maxSessions", 7)).put("rules", new JsonArray());
            write();
            assertThat(new JsonObject(post().body()).getJsonArray("errors"))
                    .containsExactly("node.maxSessions: cannot change while the gateway runs (restart it)");
            try (TestTarget echo = TestTarget.echo();
                    SocksClient client = login(0, "alice").connectTo(echo.address())) {
                client.expectSuccess();
            }
            assertThat(gateway.runs()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenChangesNothing() throws Exception {
        try (PackagedGateway gateway = start().expecting(FAILURES);
                TestTarget taken = TestTarget.echo()) {
            config.getJsonArray("listeners").getJsonObject(0).put("port", ports.get(2));
            config.getJsonArray("listeners").getJsonObject(1).put("port", taken.port());
            write();
            HttpResponse<String> answer = post();
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("listener old: cannot listen on 127.0.0.1 port " + taken.port());
            login(0, "alice").close();
            login(1, "alice").close();
            assertThatThrownBy(() -> login(2, "alice")).isInstanceOf(IOException.class);
            assertThat(gateway.runs()).isTrue();
        }
    }

    @Test
    void aFileThatIsWatchedIsReadWhenItChanges() throws Exception {
        try (PackagedGateway gateway = start()) {
            config.put("node", new JsonObject().put("watch", true));
            write();
            assertThat(post().body()).contains("node.watch");
            config.getJsonObject("auth").getJsonArray("users").getJsonObject(1).put("name", "carol");
            write();
            gateway.log().await("configuration reloaded: auth$");
            login(0, "carol").close();

            Distribution.Outcome command =
                    Distribution.run("", "reload", "--admin", "http://127.0.0.1:" + ports.get(3));
            assertThat(command.exitCode()).isZero();
            gateway.log().await("reload: nothing has changed");
        }
    }

    @Test
    void theFileOfASecretIsWatchedToo() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "token-2f60c81b77");
        config.put("node", new JsonObject().put("watch", true));
        config.getJsonObject("admin").put("token", new JsonObject().put("file", "token"));
        try (PackagedGateway gateway = start().keeping("token-2f60c81b77", "token-91c7e2aa05d4")) {
            replace(token, "token-91c7e2aa05d4");
            gateway.log().await("configuration reloaded: admin.token$");
            assertThat(AdminCalls.of(gateway, "token-2f60c81b77")
                            .send("GET", "/metrics")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(AdminCalls.of(gateway, "token-91c7e2aa05d4")
                            .send("GET", "/metrics")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aFirstQuotaOfTrafficNeedsAFolderThatCanBeUsed() throws Exception {
        Path data = Files.createFile(folder.resolve("data"));
        config.put("cluster", new JsonObject("""
                {"name": "reload-%d", "host": "127.0.0.1", "port": %d, "members": ["127.0.0.1:%d"]}""".formatted(ports.get(2), ports.get(2), ports.get(2))));
        try (PackagedGateway gateway = start().expecting(FAILURES)) {
            for (String scope : List.of("node", "cluster")) {
                config.put("quotas", new JsonArray("""
                        [{"name": "volume", "key": "user", "scope": "%s", "traffic": {"limit": "1GB", "per": "month"}}]""".formatted(scope)));
                write();
                HttpResponse<String> answer = post();
                assertThat(answer.statusCode()).as(scope).isEqualTo(422);
                assertThat(answer.body()).contains("node.data: \\\"" + data + "\\\" cannot be used");
            }
            Files.delete(data);
            HttpResponse<String> answer = post();
            assertThat(new JsonObject(answer.body()).getJsonArray("changes")).containsExactly("quotas");
            assertThat(metrics())
                    .contains("socks_gateway_quota_store_restored{store=\"cluster\"} 1.0")
                    .contains("socks_gateway_quota_store_failures_total{store=\"cluster\"} 0.0")
                    .contains("socks_gateway_quota_store_failures_total{store=\"node\"} 0.0");
            assertThat(gateway.log().text()).doesNotContain("next try in");
        }
    }

    private PackagedGateway start() throws IOException {
        write();
        return PackagedGateway.launch("--config", file.toString()).keeping(WORD).awaitReady();
    }

    private void write() throws IOException {
        replace(file, config.encode());
    }

    /** At once: who watches a file takes one that stays empty for a while for what was meant. */
    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private SocksClient login(int port, String user) throws IOException {
        return greet(port, user).expect("01 00");
    }

    private SocksClient greet(int port, String user) throws IOException {
        return SocksClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(port)))
                .send("05 01 02")
                .expect("05 02")
                .send("01" + Hex.counted(user) + Hex.counted(WORD));
    }

    private static String exchange(SocksClient client) throws IOException {
        client.send("still here".getBytes(StandardCharsets.UTF_8));
        return new String(client.read(10), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/api/v1/reload")).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String metrics() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/metrics"))).body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ports.get(3) + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
