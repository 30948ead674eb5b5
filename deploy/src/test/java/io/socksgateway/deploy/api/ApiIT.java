package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API answers, held against its own document. */
class ApiIT {

    @TempDir
    private static Path folder;

    private static AdminGateway gateway;
    private static ApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        gateway = AdminGateway.start(folder, """
                {'node': {'name': 'edge-1'},
                 'auth': {'users': [{'name': 'al/ice', 'password': 'pass-4711', 'groups': ['staff', 'admin']}]},
                 'rules': [{'id': 'no', 'action': 'deny', 'to': '127.0.0.9'},
                           {'id': 'names', 'action': 'allow', 'to': '*.example.com'},
                           {'id': 'local', 'action': 'allow', 'to': '127.0.0.0/8', 'ports': '1-65535'}],
                 'quotas': [{'key': 'group', 'sessions': 100}, {'name': 'mine', 'key': 'client', 'scope': 'node', 'sessions': 7}]}""");
        document = new ApiDocument(gateway.json("/api/v1/openapi.json"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void awaitTheEndOfOthers() {
        gateway.awaitNobody();
    }

    @Test
    void theDocumentIsOneOfOpenApi() throws Exception {
        // it keeps the schemas of OpenAPI on the class path
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(true)));
        try {
            JsonObject json = gateway.json("/api/v1/openapi.json");
            OpenAPIVersion version = OpenAPIVersion.fromContract(json);
            OutputUnit result = version.getRepository(vertx, "app://gateway")
                    .compose(schemas -> version.validateContract(vertx, schemas, json))
                    .await(20, TimeUnit.SECONDS);
            assertThat(version).isEqualTo(OpenAPIVersion.V3_1);
            assertThat(result.getValid()).as(String.valueOf(result.getErrors())).isTrue();
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live",
                "/health/ready",
                "/metrics",
                "/",
                "/api/v1/openapi.json",
                "/api/v1/nodes",
                "/api/v1/config"
            })
    void whatNeedsNoParametersAnswers(String path) throws Exception {
        HttpResponse<String> answer = gateway.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        document.assertFits("GET " + path, answer);
    }

    @Test
    void everyOperationOfTheDocumentIsServedAndNothingElse() throws Exception {
        for (String operation : document.operations()) {
            String[] parts = operation.split(" ", 2);
            String path = parts[1].replaceAll("\\{address}", "192.0.2.1").replaceAll("\\{\\w+}", "x");
            if (!path.equals("/api/v1/drain")) {
                HttpResponse<String> answer = gateway.send(parts[0], path);
                assertThat(answer.statusCode()).as(operation).isNotIn(405, 500);
                document.assertFits(operation, answer);
            }
            assertThat(gateway.send("PATCH", path).headers().firstValue("allow").orElse(""))
                    .as(operation)
                    .contains(parts[0]);
        }
    }

    @Test
    void anOpenSessionIsListedAndFoundAndEnded() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient client = login(gateway.client()).connectTo(echo.address())) {
            client.expectSuccess();
            client.send(new byte[100]);
            assertThat(client.read(100)).hasSize(100);

            JsonObject page = fits("GET /api/v1/sessions", gateway.get("/api/v1/sessions?user=al%2Fice"));
            assertThat(page.getInteger("total")).isEqualTo(1);
            assertThat(page.getJsonArray("silent")).isEmpty();
            JsonObject session = page.getJsonArray("sessions").getJsonObject(0);
            assertThat(session.getString("node")).isEqualTo("edge-1");
            assertThat(session.getString("client"))
                    .isEqualTo("127.0.0.1:" + client.socket().getLocalPort());
            assertThat(session.getString("requested")).isEqualTo("127.0.0.1:" + echo.port());
            assertThat(session.getString("rule")).isEqualTo("local");
            assertThat(session.getJsonArray("quotas")).containsExactlyInAnyOrder("quota-1", "mine");
            assertThat(session.getLong("bytesUp")).isEqualTo(100);
            assertThat(session.getLong("bytesDown")).isEqualTo(100);

            String path = "/api/v1/sessions/" + session.getString("id");
            assertThat(fits("GET /api/v1/sessions/{id}", gateway.get(path)).getString("id"))
                    .isEqualTo(session.getString("id"));
            assertThat(fits("DELETE /api/v1/sessions/{id}", gateway.send("DELETE", path))
                            .getInteger("ended"))
                    .isEqualTo(1);
            client.expectReset();
            assertThat(gateway.get(path).statusCode()).isEqualTo(404);
            assertThat(gateway.send("DELETE", path).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "users/al%2Fice, DELETE /api/v1/users/{name}/sessions",
        "clients/127.0.0.0%2F8, DELETE /api/v1/clients/{address}/sessions",
        "clients/127.0.0.1, DELETE /api/v1/clients/{address}/sessions"
    })
    void allSessionsOfAUserOrClientAreEndedAndNoOthers(String whose, String operation) throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = login(gateway.client()).connectTo(echo.address());
                SocksClient second = login(gateway.client()).connectTo(echo.address())) {
            first.expectSuccess();
            second.expectSuccess();
            assertThat(fits(operation, gateway.send("DELETE", "/api/v1/users/alice/sessions"))
                            .getInteger("ended"))
                    .isZero();

            JsonObject ended = fits(operation, gateway.send("DELETE", "/api/v1/" + whose + "/sessions"));

            assertThat(ended.getInteger("ended")).isEqualTo(2);
            first.expectReset();
            second.expectReset();
        }
    }

    @Test
    void pagesHaveNoGapsAndFiltersFilter() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = login(gateway.client()).connectTo(echo.address());
                SocksClient second = login(gateway.client()).connectTo(echo.address());
                SocksClient third = login(gateway.client()).connectTo(echo.address())) {
            first.expectSuccess();
            second.expectSuccess();
            third.expectSuccess();
            Await.until("all are open", () -> open() == 3);
            Set<String> ids = new TreeSet<>();
            JsonObject page = gateway.json("/api/v1/sessions?limit=2");
            assertThat(page.getInteger("total")).isEqualTo(3);
            collect(page, ids);
            page = fits(
                    "GET /api/v1/sessions", gateway.get("/api/v1/sessions?limit=2&after=" + page.getString("next")));
            assertThat(page.containsKey("next")).isFalse();
            collect(page, ids);
            assertThat(ids).hasSize(3);

            for (String filter : new String[] {
                "user=bob", "client=192.0.2.1", "listener=other", "node=edge-2", "state=opening", "source=nobody"
            }) {
                assertThat(gateway.json("/api/v1/sessions?" + filter).getInteger("total"))
                        .as(filter)
                        .isZero();
            }
            for (String filter : new String[] {
                "user=al/ice", "client=127.0.0.0/8", "listener=public", "node=edge-1", "state=open", "state="
            }) {
                assertThat(gateway.json("/api/v1/sessions?" + filter).getInteger("total"))
                        .as(filter)
                        .isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/sessions?limit=0        | limit
            /api/v1/sessions?limit=1001     | limit
            /api/v1/sessions?limit=x        | limit
            /api/v1/sessions?limt=5         | known are
            /api/v1/sessions?client=x       | 192.0.2.7
            /api/v1/sessions?state=closed   | state
            /api/v1/sessions?user=a&user=b  | user
            /api/v1/explain                 | to
            /api/v1/explain?to=x            | HOST:PORT
            /api/v1/explain?to=x:1&from=y   | from
            /api/v1/explain?to=x:1&command=y | command
            /api/v1/explain?to=x:1&listener=pubic | 'pubic' (expected: public)
            """)
    void aWrongParameterIsAProblemThatNamesIt(String path, String named) throws Exception {
        HttpResponse<String> answer = gateway.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        document.assertFits("GET " + path.replaceFirst("\\?.*", ""), answer);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(named);
    }

    @Test
    void nodesTellHowTheyAre() throws Exception {
        JsonObject node = gateway.json("/api/v1/nodes").getJsonArray("nodes").getJsonObject(0);

        assertThat(node.getString("name")).isEqualTo("edge-1");
        assertThat(node.getString("state")).isEqualTo("ready");
        assertThat(node.getLong("maxSessions")).isPositive();
    }

    @Test
    void quotasTellWhoUsesHowMuch() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = login(gateway.client()).connectTo(echo.address());
                SocksClient second = login(gateway.client()).connectTo(echo.address())) {
            first.expectSuccess();
            second.expectSuccess();

            JsonObject all = fits("GET /api/v1/quotas", gateway.get("/api/v1/quotas"));
            assertThat(all.getJsonArray("use"))
                    .containsExactly(new JsonObject("""
                                    {"quota": "mine", "key": "client", "scope": "node", "subject": "127.0.0.1", "node": "edge-1",
                                     "sessions": 2, "maxSessions": 7}"""), new JsonObject("""
                                    {"quota": "quota-1", "key": "group", "scope": "cluster", "subject": "admin",
                                     "sessions": 2, "maxSessions": 100}"""), new JsonObject("""
                                    {"quota": "quota-1", "key": "group", "scope": "cluster", "subject": "staff",
                                     "sessions": 2, "maxSessions": 100}"""));
            JsonObject page = fits("GET /api/v1/quotas", gateway.get("/api/v1/quotas?limit=2"));
            assertThat(page.getJsonArray("use")).hasSize(2);
            JsonObject rest = gateway.json("/api/v1/quotas?limit=2&after=" + page.getString("next"));
            assertThat(rest.getJsonArray("use")).hasSize(1);
            assertThat(rest.containsKey("next")).isFalse();
            assertThat(gateway.json("/api/v1/quotas?quota=mine").getJsonArray("use"))
                    .hasSize(1);
            assertThat(gateway.json("/api/v1/quotas?subject=staff").getJsonArray("use"))
                    .hasSize(1);
            assertThat(gateway.json("/api/v1/quotas?subject=staf").getJsonArray("use"))
                    .isEmpty();
        }
        assertThat(fits(
                                "DELETE /api/v1/quotas/{quota}/traffic",
                                gateway.send("DELETE", "/api/v1/quotas/mine/traffic?subject=127.0.0.1"))
                        .getInteger("forgiven"))
                .isZero();
        HttpResponse<String> unknown = gateway.send("DELETE", "/api/v1/quotas/yours/traffic?subject=127.0.0.1");
        document.assertProblem("DELETE /api/v1/quotas/{quota}/traffic", 404, unknown);
        assertThat(new JsonObject(unknown.body()).getString("detail")).endsWith("Those of this node: quota-1, mine.");
        assertThat(gateway.send("DELETE", "/api/v1/quotas/mine/traffic").statusCode())
                .isEqualTo(400);
    }

    @Test
    void explainSaysByWhichRuleToWhichAddressesUnderWhichQuotas() throws Exception {
        JsonObject answer =
                fits("GET /api/v1/explain", gateway.get("/api/v1/explain?to=127.0.0.1:443&from=192.0.2.7&user=al/ice"));

        assertThat(answer.getBoolean("allowed")).isTrue();
        assertThat(answer.getString("rule")).isEqualTo("local");
        assertThat(answer.getJsonArray("groups")).containsExactly("admin", "staff");
        assertThat(answer.getJsonArray("addresses").getJsonObject(0).getString("address"))
                .isEqualTo("127.0.0.1");
        assertThat(answer.getJsonArray("quotas")).containsExactly(new JsonObject("""
                                {"name": "quota-1", "key": "group", "scope": "cluster", "limits": {"sessions": 100},
                                 "subjects": ["admin", "staff"]}"""), new JsonObject("""
                                {"name": "mine", "key": "client", "scope": "node", "limits": {"sessions": 7},
                                 "subjects": ["192.0.2.7"]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.9:1,      false, deny,    no",
        "192.0.2.1:80,     false, deny,    ",
        "127.0.0.1:0,      false, deny,    ",
        "[::1]:80,         false, deny,    ",
        "other.invalid:80, false, depends, ",
        "0.0.0.0:80,       false, deny,    ",
        "'0.0.0.0:1&command=bind', true, depends, ",
        "'0.0.0.0:0&command=bind', false, deny, ",
        "'127.0.0.1:1&command=bind', true, allow, local",
        "'other.invalid:1&command=bind', false, depends, ",
        "'0.0.0.0:0&command=udp', true, depends, ",
        "'[::]:0&command=udp', true, depends, ",
        "'127.0.0.1:53&command=udp', true, allow, local",
        "'127.0.0.9:53&command=udp', false, deny, no",
        "'other.invalid:0&command=udp', false, deny, ",
    })
    void explainSaysWhatTheRulesSay(String to, boolean allowed, String outcome, String rule) throws Exception {
        JsonObject answer = fits(
                "GET /api/v1/explain",
                gateway.get("/api/v1/explain?user=al/ice&to="
                        + to.replace("[", "%5B").replace("]", "%5D")));

        assertThat(answer.getBoolean("allowed")).isEqualTo(allowed);
        assertThat(answer.getString("outcome")).isEqualTo(outcome);
        assertThat(answer.getString("rule")).isEqualTo(rule);
        assertThat(answer.getString("why")).isNotBlank();
    }

    @Test
    void theConfigurationHasItsDefaultsAndNoSecrets() throws Exception {
        HttpResponse<String> answer = gateway.get("/api/v1/config");
        JsonObject config = fits("GET /api/v1/config", answer);

        assertThat(answer.body()).doesNotContain("pass-4711", AdminGateway.TOKEN);
        assertThat(config.getJsonObject("admin").getString("token")).isEqualTo("***");
        assertThat(config.getJsonObject("auth")
                        .getJsonArray("users")
                        .getJsonObject(0)
                        .getString("password"))
                .isEqualTo("***");
        assertThat(config.getJsonObject("timeouts").getString("connect")).isEqualTo("10s");
        assertThat(config.getJsonObject("timeouts").getString("drain")).isEqualTo("0s");
        assertThat(config.getJsonArray("listeners").getJsonObject(0).getJsonArray("protocols"))
                .isEqualTo(JsonArray.of("socks5", "socks4a", "socks4"));
    }

    private static void collect(JsonObject page, Set<String> ids) {
        page.getJsonArray("sessions").forEach(session -> ids.add(((JsonObject) session).getString("id")));
    }

    /** Who has been told of success counts as open a moment later. */
    private static int open() {
        try {
            return gateway.json("/api/v1/sessions?state=open").getInteger("total");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The body of a success that keeps to the document. */
    private static JsonObject fits(String operation, HttpResponse<String> answer) {
        document.assertFits(operation, answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static SocksClient login(SocksClient client) throws IOException {
        return client.send("05 01 02")
                .expect("05 02")
                .send("01 06 616C2F696365 09 706173732D34373131")
                .expect("01 00");
    }
}
