package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.api.FakeEndpoint;
import io.socksgateway.deploy.e2e.Distribution.Outcome;
import io.socksgateway.testkit.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the distribution: what they print where, and what they end with. */
class CommandLineIT {

    @TempDir
    private Path folder;

    @Test
    void versionNamesItselfAndJava() throws Exception {
        Outcome outcome = Distribution.run("", "version");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .matches("SOCKS Gateway \\d+\\.\\d+\\.\\S+ on Java "
                        + Runtime.version().feature() + "\\b.*");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void schemaIsAJsonSchema() throws Exception {
        Outcome outcome = Distribution.run("", "schema");

        assertThat(outcome.exitCode()).isZero();
        JsonObject schema = new JsonObject(outcome.out());
        assertThat(schema.getString("$schema")).contains("json-schema.org");
        assertThat(schema.getJsonObject("properties").fieldNames()).contains("listeners", "auth", "rules", "quotas");
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "run --listen nonsense"})
    void wrongUsageEndsWith2AndTheUsage(String arguments) throws Exception {
        Outcome outcome = Distribution.run("", arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Usage: socks-gateway");
    }

    @Test
    void hashesWhatItReadsSoThatItLogsIn() throws Exception {
        Outcome hash = Distribution.run("correct horse\n", "hash");
        assertThat(hash.exitCode()).isZero();
        assertThat(hash.out()).startsWith("{argon2id}").doesNotContain("correct horse");
        assertThat(hash.err()).isEmpty();

        String users = """
                {"auth": {"users": [{"name": "alice", "password": "%s"}]}}""".formatted(hash.out());
        Outcome check = Distribution.run("", "check", "--config", file(users).toString());
        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).endsWith("OK").doesNotContain("warning");
    }

    @Test
    void hashWantsText() throws Exception {
        Process hash = Distribution.start("hash");
        try (var typed = hash.getOutputStream()) {
            typed.write(new byte[] {'a', (byte) 0xFC, '\n'});
        }

        Outcome outcome = Distribution.end(hash, "");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("password: some of it is no text");
    }

    /** As from cron, or over a connection that hands no locale on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unset LC_ALL LC_CTYPE LANG",
                "unset LC_ALL LC_CTYPE; export LANG=C",
                "unset LC_ALL; export LC_CTYPE=POSIX LANG=C.UTF-8",
                "export LC_ALL=C",
                "export LC_ALL= LC_CTYPE=C.UTF-8 LANG=C"
            })
    void namesAreNotOnlyAsciiWithoutALocale(String locale) throws Exception {
        try (FakeEndpoint endpoint = FakeEndpoint.start()) {
            endpoint.answer("DELETE users/m%C3%BCller/sessions", 200, "{'ended': 1, 'silent': []}");

            Outcome outcome = Distribution.end(
                    Distribution.startThrough(
                            named(locale), "kill", "--admin", endpoint.base().toString()),
                    "");

            assertThat(endpoint.requests()).containsExactly("DELETE users/m%C3%BCller/sessions");
            assertThat(outcome).isEqualTo(new Outcome(0, "1 session ended", ""));
        }
    }

    /** It may be named after one that is not installed. */
    @Test
    void aNameThatTheLocaleHasNoCharactersForIsRefused() throws Exception {
        Outcome outcome = Distribution.end(
                Distribution.startThrough(named("export LC_ALL=xx_XX.UTF-8"), "kill", "--admin", "http://127.0.0.1:1"),
                "");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("ller", "LC_ALL=C.UTF-8").doesNotContain("No answer");
    }

    /** A shell that adds the user's name, which is in UTF-8. */
    private static List<String> named(String locale) {
        return List.of("sh", "-c", locale + "; exec \"$0\" \"$@\" --user \"$(printf 'm\\303\\274ller')\"");
    }

    @Test
    void hashWantsAPassword() throws Exception {
        Outcome outcome = Distribution.run("", "hash");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("password: 0 octets (expected: 1..255)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void aWrongConfigurationEndsWith23AndAllItsErrors(String command) throws Exception {
        Path config = file("""
                {"listeners": [{"port": 70000, "prot": 1}],
                 "quotas": [{"name": "q", "key": "planet", "sessions": 1}],
                 "auth": {"users": [{"name": "alice", "password": "pass-4711", "groups": [7]}]}}""");

        Outcome outcome = Distribution.run("", command, "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(23);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("listeners[0].port", "70000", "listeners[0].prot", "quotas[0].key", "planet")
                .contains("auth.users[0].groups[0]", "has 4 errors")
                .doesNotContain("pass-4711", "Exception", "\tat ");
    }

    @Test
    void aMissingFileIsAWrongConfiguration() throws Exception {
        Outcome outcome = Distribution.run(
                "", "check", "--config", folder.resolve("none.json").toString());

        assertThat(outcome.exitCode()).isEqualTo(23);
        assertThat(outcome.err()).contains("none.json").doesNotContain("\tat ");
    }

    /** Both ports are taken: whoever tried to open them would fail. */
    @Test
    void checkOpensNoPort() throws Exception {
        try (ServerSocket taken = taken()) {
            Path config = file("""
                    {"listeners": [{"port": %1$d}], "cluster": {"port": %1$d, "members": ["127.0.0.1:%1$d"]},
                     "auth": {"users": [{"name": "alice", "password": "pass-4711"}]}}""".formatted(taken.getLocalPort()));

            Outcome outcome = Distribution.run("", "check", "--config", config.toString());

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out()).endsWith("OK").contains("warning: auth.users[0].password");
            assertThat(outcome.out() + outcome.err()).doesNotContain("pass-4711");
            taken.setSoTimeout(1);
            assertThat(waiting(taken)).as("somebody came to the port").isFalse();
        }
    }

    @Test
    void checkLooksIntoTheFilesOfUsers() throws Exception {
        Path users = file("[{\"name\": \"alice\", \"password\": \"pass-4711\"}]");
        Path config = file("""
                {"auth": {"authenticators": [{"type": "file", "path": "%s"}]}}""".formatted(users.getFileName()));

        Outcome outcome = Distribution.run("", "check", "--config", config.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("warning: ", users.getFileName() + ": 1 password(s) in plain text")
                .doesNotContain("pass-4711");
    }

    @Test
    void runSaysWhichListenerHasNoAddress() throws Exception {
        Path config = file("{\"listeners\": [{\"name\": \"public\", \"host\": \"no-such-host.invalid\"}]}");

        Outcome outcome = Distribution.run("", "run", "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("listener public: cannot listen on no-such-host.invalid port 1080")
                .doesNotContain("\tat ");
    }

    @Test
    void runSaysWhichListenerCannotBeOpened() throws Exception {
        try (ServerSocket taken = taken()) {
            Path config =
                    file("{\"listeners\": [{\"name\": \"public\", \"port\": %d}]}".formatted(taken.getLocalPort()));

            Outcome outcome = Distribution.run("", "run", "--config", config.toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("listener public: cannot listen on 127.0.0.1 port " + taken.getLocalPort())
                    .doesNotContain("\tat ");
        }
    }

    /** A node that has joined its cluster leaves it again, and one that cannot join does not linger. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void runEndsAlsoWhenANodeOfAClusterCannotStart(boolean listener, boolean member) throws Exception {
        try (ServerSocket taken = taken()) {
            int free = FreePorts.take(1).get(0);
            Path config =
                    file("""
                    {"listeners": [{"name": "public", "port": %d}], "cluster": {"port": %d, "members": []}}""".formatted(listener ? taken.getLocalPort() : 0, member ? taken.getLocalPort() : free));

            Outcome outcome = Distribution.run("", "run", "--config", config.toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("The gateway cannot start: ", String.valueOf(taken.getLocalPort()))
                    .doesNotContain("Exception in thread");
        }
    }

    @Test
    void withoutAConfigurationItExplainsItself() throws Exception {
        try (PackagedGateway gateway =
                PackagedGateway.launch("--listen", "127.0.0.1:0").awaitReady()) {
            int port = gateway.listener("default").getPort();
            assertThat(port).isPositive();
            gateway.out().await("curl --socks5-hostname 127\\.0\\.0\\.1:" + port + " https?://");

            String printed = gateway.out().text();
            String json = printed.substring(printed.indexOf('{'), printed.lastIndexOf('}') + 1);
            assertThat(new JsonObject(json).getJsonArray("listeners").getJsonObject(0))
                    .isEqualTo(new JsonObject("""
                                    {"name": "default", "host": "127.0.0.1", "port": %d,
                                     "protocols": ["socks5", "socks4a", "socks4"], "auth": ["none"]}""".formatted(port)));
            assertThat(Distribution.run("", "check", "--config", file(json).toString())
                            .exitCode())
                    .isZero();

            gateway.client("default").greet().close();
        }
    }

    /** The first listener moves, the rest of the configuration stays. */
    @Test
    void listenMovesTheFirstListener() throws Exception {
        try (ServerSocket taken = taken()) {
            Path config = file(
                    "{\"listeners\": [{\"name\": \"a\", \"port\": %d}, {\"name\": \"b\", \"host\": \"::1\", \"port\": 0}]}"
                            .formatted(taken.getLocalPort()));
            try (PackagedGateway gateway = PackagedGateway.launch(
                            "--config", config.toString(), "--listen", "127.0.0.1:0")
                    .awaitReady()) {
                gateway.client("a").greet().close();
                gateway.client("b").greet().close();
                assertThat(gateway.log().text()).contains(" listener b on [::1]:");
            }
        }
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static boolean waiting(ServerSocket server) throws IOException {
        try (Socket unexpected = server.accept()) {
            return unexpected.isConnected();
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private Path file(String json) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "config", ".json"), json);
    }
}
