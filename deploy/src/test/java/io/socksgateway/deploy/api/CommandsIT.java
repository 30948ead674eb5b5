package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.deploy.Terminal;
import io.socksgateway.deploy.Terminal.Outcome;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that talk to a running gateway. */
class CommandsIT {

    @TempDir
    private static Path folder;

    private static AdminGateway gateway;
    private static Path token;

    @BeforeAll
    static void start() throws IOException {
        gateway = AdminGateway.start(folder, """
                {'node': {'name': 'edge-1'},
                 'rules': [{'id': 'local', 'action': 'allow', 'to': '127.0.0.0/8'}],
                 'quotas': [{'name': 'few', 'key': 'client', 'sessions': 5}]}""");
        token = Files.writeString(folder.resolve("token"), AdminGateway.TOKEN + "\n");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void awaitTheEndOfOthers() {
        gateway.awaitNobody();
    }

    private static Outcome run(String... arguments) {
        return at(gateway.base(), arguments);
    }

    private static Outcome at(URI endpoint, String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--admin", endpoint.toString(), "--token-file", token.toString()));
        return Terminal.run(line.toArray(String[]::new));
    }

    @Test
    void sessionsAreATableOrJson() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = gateway.client().tunnelTo(echo.address());
                SocksClient second = gateway.client().tunnelTo(echo.address())) {
            Outcome table = run("sessions");
            assertThat(table.exitCode()).isZero();
            assertThat(table.out().lines().toList().get(0)).startsWith("ID").contains("NODE", "CLIENT", "REQUESTED");
            assertThat(table.out())
                    .contains("127.0.0.1:" + first.socket().getLocalPort())
                    .contains("127.0.0.1:" + second.socket().getLocalPort())
                    .contains("edge-1", "connect", "local");

            Outcome one = run("sessions", "--limit", "1");
            assertThat(one.out().lines()).hasSize(2);
            assertThat(one.err()).contains("1 of 2 sessions");

            JsonObject all =
                    new JsonObject(run("sessions", "--json", "--limit", "0").out());
            assertThat(all.getJsonArray("sessions")).hasSize(2);
            assertThat(run("sessions", "--user", "nobody").out().lines()).hasSize(1);
            assertThat(run("sessions", "--source", "nowhere").out().lines()).hasSize(1);
            Outcome wrong = run("sessions", "--state", "closed");
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.err()).contains("state");
        }
    }

    @Test
    void killEndsOneOrAllOfAClient() throws Exception {
        try (TestTarget echo = TestTarget.echo();
                SocksClient first = gateway.client().tunnelTo(echo.address());
                SocksClient second = gateway.client().tunnelTo(echo.address())) {
            JsonObject listed = new JsonObject(run("sessions", "--json").out());
            String id = listed.getJsonArray("sessions").stream()
                    .map(JsonObject.class::cast)
                    .filter(session -> session.getString("client")
                            .endsWith(":" + first.socket().getLocalPort()))
                    .findFirst()
                    .orElseThrow()
                    .getString("id");

            assertThat(run("kill", id).out()).isEqualTo("1 session ended");
            first.expectReset();
            Outcome again = run("kill", id);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).isEqualTo("No session of that id is open.");

            assertThat(run("kill", "--client", "127.0.0.0/8").out()).isEqualTo("1 session ended");
            second.expectReset();
            assertThat(run("kill", "--user", "a b/c", "--json").out()).contains("\"ended\" : 0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nodes --cert x",
                "kill",
                "kill x --user y",
                "bans --lift x --lift-user y",
                "explain",
                "explain a:1 --to b:1"
            })
    void whatCannotBeMeantIsWrongUsage(String arguments) {
        Outcome outcome = run(arguments.split(" ", -1));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("Usage: socks-gateway");
    }

    @Test
    void nodesAndBansAreTables() {
        assertThat(run("nodes").out()).contains("NODE", "edge-1", "ready");
        assertThat(run("quotas").out()).startsWith("QUOTA");
        assertThat(run("quotas", "--reset", "--quota", "few", "--subject", "127.0.0.1")
                        .out())
                .isEqualTo("there was nothing to reset");
        assertThat(run("quotas", "--reset").exitCode()).isEqualTo(2);
        assertThat(run("quotas", "--reset", "--quota", "fwe", "--subject", "127.0.0.1"))
                .isEqualTo(new Outcome(1, "", "There is no quota of that name. Those of this node: few."));
        assertThat(run("bans").out()).startsWith("ID");
        assertThat(run("bans", "--lift-user", "alice").out()).isEqualTo("0 bans lifted");
        assertThat(run("bans", "--lift", "nobody").exitCode()).isEqualTo(1);
        Outcome garbage = run("bans", "--lift-client", "2001:db8::1::");
        assertThat(garbage.exitCode()).isEqualTo(1);
        assertThat(garbage.err()).contains("192.0.2.0/24");
    }

    @Test
    void configIsWhatIsInForceWithoutSecrets() {
        Outcome outcome = run("config");

        assertThat(outcome.exitCode()).isZero();
        JsonObject config = new JsonObject(outcome.out());
        assertThat(config.getJsonObject("node").getString("name")).isEqualTo("edge-1");
        assertThat(config.getJsonObject("timeouts").getString("connect")).isEqualTo("10s");
        assertThat(outcome.out()).doesNotContain(AdminGateway.TOKEN);
    }

    @Test
    void explainAsksTheGatewayOrAConfiguration() throws Exception {
        assertThat(run("explain", "127.0.0.1:80").out())
                .startsWith("allowed: Rule local allows it.")
                .contains("quota few: 5 sessions for each client, here 127.0.0.1");
        Path config = Files.writeString(folder.resolve("offline.json"), """
                {"listeners": [{"port": 1081}],
                 "auth": {"users": [{"name": "alice", "password": "pass-4711", "groups": ["staff"]}]},
                 "rules": [{"id": "staff", "action": "allow", "groups": "staff", "to": ["10.0.0.0/8", "127.0.0.1"]},
                           {"id": "all", "action": "allow", "to": "*"}]}""");

        Outcome refused = Terminal.run("explain", "-c", config.toString(), "--user", "bob", "10.1.2.3:443");
        assertThat(refused.exitCode()).isZero();
        assertThat(refused.out()).startsWith("refused: The address is internal");
        assertThat(Terminal.run("explain", "-c", config.toString(), "--user", "alice", "10.1.2.3:443")
                        .out())
                .startsWith("allowed: Rule staff allows it.");
        assertThat(Terminal.run("explain", "-c", config.toString(), "--user", "bob", "--json", "--to", "192.0.2.1:1")
                        .out())
                .contains("\"allowed\" : true", "\"rule\" : \"all\"");
        assertThat(Terminal.run("explain", "-c", config.toString(), "nonsense").exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrong-token | refuses the token
                        | wants a token: give --token-file
            """)
    void aTokenThatIsRefusedIsSaid(String text, String said) throws Exception {
        Path other = Files.writeString(folder.resolve("other-token"), text == null ? "" : text);

        Outcome outcome = text == null
                ? Terminal.run("nodes", "--admin", gateway.base().toString())
                : Terminal.run("nodes", "--admin", gateway.base().toString(), "--token-file", other.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(said).doesNotContain("wrong-token", "\tat ");
    }

    @Test
    void anEndpointThatIsNotThereIsSaid() throws Exception {
        Outcome closed = at(URI.create("http://127.0.0.1:" + ClosedPort.port()), "nodes");
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.err()).contains("the connection is refused", "Is the gateway running");

        Outcome plain = at(URI.create("https://" + gateway.base().getAuthority()), "nodes");
        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.err()).contains("TLS fails").doesNotContain("\tat ");

        Outcome nonsense = at(URI.create("ftp://x"), "nodes");
        assertThat(nonsense.exitCode()).isEqualTo(2);
        assertThat(nonsense.err()).contains("http://HOST:PORT");
    }

    /** Only the section admin is looked at: the rest may need what only the gateway has. */
    @Test
    void theConfigurationOfTheGatewayTellsWhereItIs() throws Exception {
        String admin = "\"admin\": {\"port\": %d, \"token\": {\"file\": \"token\"}}"
                .formatted(gateway.base().getPort());
        Path config = Files.writeString(
                folder.resolve("gateway.json"),
                "{\"auth\": {\"users\": [{\"name\": \"a\", \"password\": {\"env\": \"NOT_SET\"}}]}, " + admin + "}");
        assertThat(Terminal.run("nodes", "-c", config.toString()).out()).contains("edge-1");

        Path elsewhere = Files.writeString(
                folder.resolve("elsewhere.json"), "{\"admin\": {\"port\": 0, \"token\": {\"file\": \"token\"}}}");
        String url = gateway.base().toString();
        assertThat(Terminal.run("nodes", "-c", elsewhere.toString(), "--admin", url)
                        .out())
                .as("only where it is comes from the option")
                .contains("edge-1");
        Path stale = Files.writeString(folder.resolve("stale-token"), "stale");
        assertThat(Terminal.run("nodes", "-c", config.toString(), "--token-file", stale.toString())
                        .err())
                .contains("refuses the token");

        Path without = Files.writeString(folder.resolve("without.json"), "{}");
        Outcome none = Terminal.run("nodes", "-c", without.toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("has no section admin", "\"admin\": {");

        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"admin\": {\"prot\": 1}}");
        Outcome typo = Terminal.run("nodes", "-c", wrong.toString());
        assertThat(typo.exitCode()).isEqualTo(23);
        assertThat(typo.err()).contains("admin.prot", "did you mean \"port\"?");

        Path any = Files.writeString(folder.resolve("any.json"), "{\"admin\": {\"port\": 0}}");
        assertThat(Terminal.run("nodes", "-c", any.toString()).err()).contains("admin.port is 0");
    }

    /** Not even to say what is wrong with it. */
    @ParameterizedTest
    @ValueSource(strings = {"tok-4711\nen", "tok-4711 en", "tök-4711", "\n"})
    void aTokenThatNoHeaderCarriesIsNotShown(String text) throws Exception {
        Path other = Files.writeString(folder.resolve("no-token"), text);

        Outcome outcome = Terminal.run("nodes", "--admin", gateway.base().toString(), "--token-file", other.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("--token-file " + other).doesNotContain("4711", "\tat ");
    }

    @Test
    void whatSurroundsTheTokenInItsFileDoesNotMatter() throws Exception {
        Path other = Files.writeString(folder.resolve("edited-token"), " " + AdminGateway.TOKEN + "\r\n\n");

        assertThat(Terminal.run("nodes", "--admin", gateway.base().toString(), "--token-file", other.toString())
                        .out())
                .contains("edge-1");
    }

    /** As an operator has it who is not the gateway: without its environment, and without its key. */
    @Test
    void theTokensFileReplacesATokenThatOnlyTheGatewayHas() throws Exception {
        TestCa ca = TestCa.create();
        TestCa.write(folder, "front", ca.issue());
        Path authority = Files.writeString(folder.resolve("front-ca.crt"), ca.pem());
        String section =
                "{'admin': {'port': %%d, 'token': %s, 'tls': {'certificate': 'front.crt', 'key': 'front.key'}}}";
        try (AdminGateway secure = AdminGateway.start(
                folder, section.formatted("'" + AdminGateway.TOKEN + "'").formatted(0))) {
            String config = Files.writeString(
                            folder.resolve("host.json"),
                            section.formatted("{'env': 'NOT_SET'}")
                                    .formatted(secure.base().getPort())
                                    .replace('\'', '"'))
                    .toString();
            Files.delete(folder.resolve("front.key"));

            Outcome without = Terminal.run("nodes", "-c", config);
            assertThat(without.exitCode()).isEqualTo(23);
            assertThat(without.err())
                    .contains("the environment's NOT_SET is not set", "--token-file FILE", "set -a; . ")
                    .doesNotContain("front.key");
            assertThat(Terminal.run("nodes", "-c", config, "--token-file", token.toString())
                            .out())
                    .contains("ready");

            Files.delete(folder.resolve("front.crt"));
            assertThat(Terminal.run("nodes", "-c", config, "--token-file", token.toString())
                            .err())
                    .contains("admin.tls.certificate", "--ca FILE");
            assertThat(Terminal.run(
                                    "nodes",
                                    "-c",
                                    config,
                                    "--token-file",
                                    token.toString(),
                                    "--ca",
                                    authority.toString())
                            .out())
                    .contains("ready");
        }
    }

    @Test
    void withTlsTheConfiguredCertificateIsTheOneThatIsTrusted() throws Exception {
        TestCa ca = TestCa.create();
        TestCa.write(folder, "admin", ca.issue(builder -> builder.subject("CN=elsewhere")));
        Path authority = Files.writeString(folder.resolve("ca.crt"), ca.pem());
        String tls = "'tls': {'certificate': 'admin.crt', 'key': 'admin.key'}";
        try (AdminGateway secure =
                AdminGateway.start(folder, "{'admin': {'token': '%s', %s}}".formatted(AdminGateway.TOKEN, tls))) {
            Path config = Files.writeString(
                    folder.resolve("secure.json"),
                    "{'admin': {'port': %d, 'token': '%s', %s}}"
                            .formatted(secure.base().getPort(), AdminGateway.TOKEN, tls)
                            .replace('\'', '"'));
            assertThat(Terminal.run("nodes", "-c", config.toString()).out()).contains("ready");
            assertThat(at(secure.base(), "nodes", "--ca", authority.toString()).out())
                    .contains("ready");
            assertThat(at(secure.base(), "nodes").err())
                    .contains("TLS fails", "--ca FILE")
                    .doesNotContain("Failed to create SSL connection");
            assertThat(at(URI.create("http://" + secure.base().getAuthority()), "nodes")
                            .err())
                    .contains("it ends the connection", "Does it want https?");

            assertThat(Terminal.run(
                                    "nodes",
                                    "-c",
                                    config.toString(),
                                    "--admin",
                                    secure.base().toString())
                            .out())
                    .contains("ready");

            TestCa.write(folder, "admin", TestCa.create().issue());
            Outcome other = Terminal.run("nodes", "-c", config.toString());
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.err()).contains("TLS fails");
            assertThat(Terminal.run("nodes", "-c", config.toString(), "--ca", authority.toString())
                            .out())
                    .as("the CA instead of the certificate")
                    .contains("ready");
        }
    }

    @Test
    void completionIsAScriptThatBashTakes() throws Exception {
        Outcome outcome = Terminal.run("completion");
        Path script = Files.writeString(folder.resolve("completion.sh"), outcome.out());

        assertThat(outcome.out())
                .as("share/completions: make it anew with \"socks-gateway completion\"")
                .isEqualToIgnoringNewLines(Files.readString(Path.of("share", "completions", "socks-gateway.bash")));
        Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();
        assertThat(bash.waitFor()).isZero();
        assertThat(outcome.out())
                .contains("--token-file", "sessions", "explain")
                .doesNotContain("rehearse");
    }

    @Test
    void checkAndVersionHaveJsonToo() throws Exception {
        Path good = Files.writeString(folder.resolve("good.json"), "{\"admin\": {}}");
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"admin\": {\"port\": -1, \"x\": 1}}");

        JsonObject valid = new JsonObject(
                Terminal.run("check", "-c", good.toString(), "--json").out());
        assertThat(valid.getBoolean("valid")).isTrue();
        assertThat(valid.getJsonArray("warnings")).hasSize(1);
        Outcome wrong = Terminal.run("check", "-c", bad.toString(), "--json");
        assertThat(wrong.exitCode()).isEqualTo(23);
        assertThat(wrong.err()).isEmpty();
        assertThat(new JsonObject(wrong.out()).getJsonArray("errors")).hasSize(2);
        assertThat(new JsonObject(Terminal.run("version", "--json").out()).getString("java"))
                .isEqualTo(Runtime.version().toString());
    }
}
