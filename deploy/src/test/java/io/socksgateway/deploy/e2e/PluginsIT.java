package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.SourceJar;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins in a jar beside the configuration: those of the document as they stand there, and others. */
class PluginsIT {

    private static final String PASSWORD = "partner-horse-4711";
    private static final String JSON_PASSWORD = "json-horse-1147";
    private static final String KEY = "hmac-horse-7114";
    private static final String WRONG = "wrong-horse-4171";

    private static final Path LIBRARIES = Path.of("target", "dist", "socks-gateway", "lib");
    private static final Path SOURCES = Path.of("docs", "plugins");

    @TempDir
    private static Path folder;

    private static PackagedGateway gateway;
    private static TestTarget target;

    @BeforeAll
    static void start() throws IOException {
        target = TestTarget.echo();
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        SourceJar.write(
                plugins.resolve("examples.jar"),
                classPath(),
                List.of(
                        documented(),
                        documented().replace("PartnerAuth", "BriefAuth").replace("@partner", "@brief"),
                        Files.readString(SOURCES.resolve("HmacMethod.java")),
                        Files.readString(SOURCES.resolve("JsonOnly.java"))));
        gateway = PackagedGateway.start(folder, configuration()).keeping(PASSWORD, JSON_PASSWORD, KEY, WRONG);
    }

    @AfterAll
    static void stop() throws IOException {
        target.close();
        if (gateway != null) {
            gateway.close();
        }
    }

    /** What somebody has who has nothing but the distribution. */
    private static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** The example of the document. */
    private static String documented() throws IOException {
        Matcher java = Pattern.compile("```java\n(package com.example;.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "plugins.md")));
        assertThat(java.find()).as("its plug-in").isTrue();
        return java.group(1);
    }

    private static String configuration() {
        return """
                {"listeners": [{"name": "login", "port": 0, "auth": "userpass"},
                               {"name": "hmac", "port": 0, "auth": ["hmac", "userpass"]}],
                 "auth": {"authenticators": [
                   {"name": "partner", "type": "verticle", "class": "com.example.PartnerAuth",
                    "config": {"password": "%s", "lasts": "PT1H"}, "threading": "worker"},
                   {"name": "brief", "type": "verticle", "class": "com.example.BriefAuth",
                    "config": {"password": "%s", "lasts": "PT3S"}},
                   {"name": "json", "type": "verticle", "class": "com.example.JsonOnly", "instances": 2,
                    "config": {"users": {"jason": "%s"}}},
                   {"name": "keys", "type": "verticle", "class": "com.example.HmacMethod", "instances": 2,
                    "config": {"keys": {"alice": "%s"}}, "method": {"code": "0x80", "name": "hmac"}}]},
                 "rules": [{"id": "partners", "action": "allow", "groups": "partners", "to": "127.0.0.0/8"},
                           {"id": "json", "action": "allow", "groups": "json", "to": "127.0.0.0/8"},
                           {"id": "keyed", "action": "allow", "groups": "keyed", "to": "127.0.0.0/8"}],
                 "quotas": [{"name": "gold", "key": "user", "sessions": 1, "onClaim": true}],
                 "egress": {"pool": "127.0.0.3"},
                 "log": {"level": "debug"}}""".formatted(PASSWORD, PASSWORD, JSON_PASSWORD, KEY);
    }

    private static SocksClient login(String user, String password, String answer) throws IOException {
        SocksClient client = gateway.client("login");
        client.send("05 01 02").expect("05 02");
        return client.send("01" + Hex.counted(user) + Hex.counted(password)).expect(answer);
    }

    /** Another user's are the same but for the time, so that nobody is held up for too long to see the others. */
    @Test
    void theDocumentedPluginTakesEffectInAllItsClaims() throws Exception {
        try (SocksClient brief = login("bob@brief", PASSWORD, "01 00").connectTo(target.address());
                SocksClient client = login("bob@partner", PASSWORD, "01 00");
                TestTarget seen = TestTarget.manual()) {
            brief.expectSuccess();
            InetSocketAddress bound = client.connectTo(seen.address()).expectSuccess();
            Socket reached = seen.accept();
            assertThat(reached.getInetAddress())
                    .isEqualTo(bound.getAddress())
                    .isEqualTo(InetAddress.getByName("127.0.0.3"));

            try (SocksClient second = login("bob@partner", PASSWORD, "01 00")) {
                second.connectTo(target.address()).expect("05 02");
                JsonObject line = gateway.session(second.socket());
                assertThat(line.getString("reason")).isEqualTo("quota");
                assertThat(line.getString("quota")).isEqualTo("gold");
            }

            reached.close();
            client.finish();
            JsonObject line = gateway.session(client.socket());
            assertThat(line.getString("user")).isEqualTo("bob@partner");
            assertThat(line.getString("rule")).isEqualTo("partners");

            JsonObject ended = gateway.session(brief.socket());
            assertThat(ended.getString("user")).isEqualTo("bob@brief");
            assertThat(ended.getString("reason")).isEqualTo("revoked");
            assertThat(ended.getLong("durationMs")).isBetween(2_500L, 10_000L);
        }
    }

    @Test
    void aWrongPasswordIsRejectedAndWhyIsInTheLog() throws Exception {
        try (SocksClient client = login("eve@partner", WRONG, "01 01")) {
            assertThat(gateway.session(client.socket()).getString("reason")).isEqualTo("auth-failed");
            gateway.log().await("login of \"eve@partner\" from 127.0.0.1 refused: wrong password");
        }
    }

    @Test
    void jsonAloneIsEnough() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (SocksClient client = login("jason", JSON_PASSWORD, "01 00")) {
                client.connectTo(target.address()).expectSuccess();
                client.send("2a").expect("2a");
                client.finish().expectEnd();
                assertThat(gateway.session(client.socket()).getString("rule")).isEqualTo("json");
            }
        }
        try (SocksClient client = login("jason", WRONG, "01 01")) {
            gateway.log().await("login of \"jason\" from 127.0.0.1 refused: no such password");
            client.expectEnd();
        }
        try (SocksClient client = login("nobody", WRONG, "01 01")) {
            gateway.log().await("login of \"nobody\" from 127.0.0.1 refused: unknown user");
            client.expectEnd();
        }
    }

    private static String proof(byte[] challenge, String key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Hex.text(mac.doFinal(challenge));
    }

    @Test
    void aMethodOfItsOwnProvesAKeyWithoutSayingIt() throws Exception {
        try (SocksClient client = gateway.client("hmac")) {
            client.send("05 03 00 02 80").expect("05 80");
            byte[] challenge = client.read(32);
            client.sendSlowly(Hex.counted("alice") + proof(challenge, KEY));
            client.expect("00");
            client.connectTo(target.address()).expectSuccess();
            client.send("2a").expect("2a").finish().expectEnd();
            JsonObject line = gateway.session(client.socket());
            assertThat(line.getString("user")).isEqualTo("alice");
            assertThat(line.getString("rule")).isEqualTo("keyed");
        }
    }

    @Test
    void aRequestBehindTheProofIsNotLost() throws Exception {
        try (SocksClient client = gateway.client("hmac")) {
            client.send("05 01 80").expect("05 80");
            String proof = proof(client.read(32), KEY);
            client.send(Hex.counted("alice") + proof + SocksClient.connectRequest(target.address()) + "2a");
            client.expect("00").expectSuccess();
            client.expect("2a");
        }
    }

    @Test
    void aWrongProofIsTheEnd() throws Exception {
        try (SocksClient client = gateway.client("hmac")) {
            client.send("05 01 80").expect("05 80");
            client.send(Hex.counted("alice") + proof(client.read(32), WRONG));
            client.expect("01").expectEnd();
            assertThat(gateway.session(client.socket()).getString("reason")).isEqualTo("auth-failed");
            gateway.log().await("method 0x80 of 127.0.0.1 refused: wrong proof");
        }
        try (SocksClient client = gateway.client("hmac")) {
            client.send("05 01 80").expect("05 80");
            client.send(Hex.counted("mallory") + proof(client.read(32), WRONG));
            client.expect("01").expectEnd();
        }
    }

    @Test
    void theCheckFindsThePluginsAndWhatIsMissing() throws Exception {
        Path right = Files.writeString(folder.resolve("right.json"), configuration());
        assertThat(Distribution.run("", "check", "--config", right.toString()).exitCode())
                .isZero();

        Path wrong = Files.writeString(
                folder.resolve("wrong.json"), configuration().replace("com.example.JsonOnly", "com.example.Gone"));
        Distribution.Outcome outcome = Distribution.run("", "check", "--config", wrong.toString());
        assertThat(outcome.exitCode()).isEqualTo(23);
        assertThat(outcome.err())
                .contains("auth.authenticators[2].class: there is no class com.example.Gone (expected: in a jar in "
                        + folder.resolve("plugins") + ", which has 1 or ");
    }

    @Test
    void aPluginThatDoesNotStartIsAnErrorOfTheConfiguration() throws Exception {
        Path plugins = folder.resolve("plugins");
        String broken = """
                package com.example;
                import io.vertx.core.Future;
                public class Broken extends io.vertx.core.VerticleBase {
                    @Override
                    public Future<?> start() {
                        return Future.failedFuture("the partner's URL is missing");
                    }
                }
                """;
        Path other = Files.createDirectory(folder.resolve("other"));
        SourceJar.write(
                Files.createDirectory(other.resolve("plugins")).resolve("broken.jar"), classPath(), List.of(broken));
        assertThat(plugins).isDirectory();

        try (PackagedGateway failing = PackagedGateway.launchWith(other, """
                {"listeners": [{"port": 0}],
                 "auth": {"authenticators": [{"type": "verticle", "class": "com.example.Broken"}]}}""")) {
            assertThat(failing.awaitExit()).isEqualTo(23);
            failing.log()
                    .await(
                            Pattern.quote(
                                    "auth.authenticators[0]: it cannot be deployed: the partner's URL is missing (its start has failed)"));
        }
    }
}
