package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line for each session, with what happened to it, and never a password. */
class AccessLinesIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final String WRONG = "wrong-horse-1137";

    @TempDir
    private static Path folder;

    private static PackagedGateway gateway;
    private static TestTarget echo;

    @BeforeAll
    static void start() throws IOException {
        echo = TestTarget.echo();
        gateway = PackagedGateway.start(folder, configuration("-", "connect", "1s"))
                .keeping(PASSWORD, WRONG);
    }

    /** With one time that is short, and no other: a client may be held up in between. */
    private static String configuration(String accessPath, String timeout, String time) {
        return """
                {"node": {"name": "edge-7"},
                 "listeners": [{"name": "open", "port": 0, "auth": "none"},
                               {"name": "login", "port": 0, "auth": "userpass"}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}, {"name": "bob", "password": "%s", "groups": "staff"}]},
                 "rules": [{"id": "no-ssh", "action": "deny", "ports": 22},
                           {"id": "no-blocked", "action": "deny", "to": "*.blocked.test"},
                           {"id": "lab", "action": "allow", "to": "127.0.0.0/8"}],
                 "quotas": [{"name": "one-for-all-staff", "key": "group", "sessions": 1}],
                 "timeouts": {"%s": "%s"},
                 "log": {"access": {"path": "%s"}, "level": "debug"}}""".formatted(PASSWORD, PASSWORD, timeout, time, accessPath);
    }

    @AfterAll
    static void stop() throws IOException {
        echo.close();
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void aSessionFromBeginningToEnd() throws Exception {
        Instant before = Instant.now();
        JsonObject line;
        int clientPort;
        try (SocksClient client = login("alice", PASSWORD)) {
            clientPort = client.socket().getLocalPort();
            client.send("05 01 00 03" + Hex.counted("localhost") + Hex.port(echo.port()))
                    .expectSuccess();
            client.send(new byte[1000]);
            client.read(1000);
            client.finish();
            assertThat(client.readToEnd()).isEmpty();
            line = gateway.session(client.socket());
        }

        assertThat(line.fieldNames())
                .containsExactly(
                        "time",
                        "id",
                        "node",
                        "listener",
                        "client",
                        "user",
                        "command",
                        "requested",
                        "dialled",
                        "rule",
                        "reply",
                        "reason",
                        "bytesUp",
                        "bytesDown",
                        "durationMs");
        assertThat(Instant.parse(line.getString("time")))
                .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
        assertThat(line.getString("id")).matches("[0-9a-z]+-[0-9a-z]+");
        assertThat(line.getString("node")).isEqualTo("edge-7");
        assertThat(line.getString("listener")).isEqualTo("login");
        assertThat(line.getString("client")).isEqualTo("127.0.0.1:" + clientPort);
        assertThat(line.getString("user")).isEqualTo("alice");
        assertThat(line.getString("command")).isEqualTo("connect");
        assertThat(line.getString("requested")).isEqualTo("localhost:" + echo.port());
        assertThat(line.getString("dialled")).isEqualTo("127.0.0.1:" + echo.port());
        assertThat(line.getString("rule")).isEqualTo("lab");
        assertThat(line.getInteger("reply")).isZero();
        assertThat(line.getString("reason")).isEqualTo("client-closed");
        assertThat(line.getLong("bytesUp")).isEqualTo(1000);
        assertThat(line.getLong("bytesDown")).isEqualTo(1000);
        assertThat(line.getLong("durationMs"))
                .isBetween(0L, Duration.between(before, Instant.now()).toMillis());
    }

    @Test
    void theTargetEndsIt() throws Exception {
        try (TestTarget speaker = TestTarget.serving(
                        connection -> connection.getOutputStream().write(new byte[7]));
                SocksClient client = gateway.client("open")) {
            client.tunnelTo(speaker.address());
            assertThat(client.readToEnd()).hasSize(7);
            client.finish();

            JsonObject line = gateway.session(client.socket());
            assertThat(line.getString("reason")).isEqualTo("target-closed");
            assertThat(line.getLong("bytesUp")).isZero();
            assertThat(line.getLong("bytesDown")).isEqualTo(7);
            assertThat(line.containsKey("user")).isFalse();
        }
    }

    @Test
    void refusedByTheTarget() throws Exception {
        int closed = ClosedPort.port();
        try (SocksClient client = login("alice", PASSWORD)) {
            client.connectTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), closed))
                    .expect("05 05 00 01 00 00 00 00 00 00")
                    .expectEnd();

            assertLine(client, "refused", 5)
                    .contains("\"user\":\"alice\"", "\"requested\":\"127.0.0.1:" + closed + "\"")
                    .contains("\"dialled\":\"127.0.0.1:" + closed + "\"", "\"rule\":\"lab\"");
        }
    }

    @Test
    void refusedInSocks4HasTheCodeOfSocks4() throws Exception {
        int closed = ClosedPort.port();
        try (SocksClient client = gateway.client("open")) {
            client.send("04 01" + Hex.port(closed) + "7F 00 00 01 00").expect("00 5B 00 00 00 00 00 00");

            assertLine(client, "refused", 91).contains("\"command\":\"connect\"");
        }
    }

    @Test
    void deniedByARule() throws Exception {
        try (SocksClient client = gateway.client("open").greet()) {
            client.send("05 01 00 03" + Hex.counted("www.blocked.test") + Hex.port(443))
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();

            assertLine(client, "denied", 2)
                    .contains("\"rule\":\"no-blocked\"", "\"requested\":\"www.blocked.test:443\"")
                    .doesNotContain("dialled", "quota");
        }
    }

    @Test
    void deniedByTheGuardOfInternalAddresses() throws Exception {
        try (SocksClient client = gateway.client("open").greet()) {
            client.connectTo(elsewhere()).expect("05 02");

            assertLine(client, "denied", 2).doesNotContain("\"rule\"", "dialled");
        }
    }

    @Test
    void refusedByAQuota() throws Exception {
        try (SocksClient first = login("bob", PASSWORD)) {
            first.connectTo(echo.address()).expectSuccess();
            try (SocksClient second = login("bob", PASSWORD)) {
                second.connectTo(echo.address())
                        .expect("05 02 00 01 00 00 00 00 00 00")
                        .expectEnd();

                assertLine(second, "quota", 2)
                        .contains("\"quota\":\"one-for-all-staff\"", "\"user\":\"bob\"")
                        .doesNotContain("dialled");
            }
        }
    }

    @Test
    void aWrongPassword() throws Exception {
        try (SocksClient client = gateway.client("login")) {
            client.send("05 01 02").expect("05 02");
            client.send("01" + Hex.counted("alice") + Hex.counted(WRONG))
                    .expect("01 01")
                    .expectEnd();

            assertLine(client, "auth-failed", null).doesNotContain("requested", "command", "dialled");
        }
    }

    @Test
    void noMethodInCommon() throws Exception {
        try (SocksClient client = gateway.client("login")) {
            client.send("05 01 00").expect("05 FF").expectEnd();

            assertLine(client, "auth-failed", null);
        }
    }

    @Test
    void aHandshakeThatTakesTooLong() throws Exception {
        long before = System.nanoTime();
        try (PackagedGateway hasty = PackagedGateway.start(folder, configuration("-", "handshake", "1s"));
                SocksClient client = hasty.client("open")) {
            client.send("05 01").expectEnd();

            String line = assertLine(hasty, client, "timeout", null).actual();
            assertThat(new JsonObject(line).getLong("durationMs"))
                    .isBetween(
                            900L, Duration.ofNanos(System.nanoTime() - before).toMillis());
        }
    }

    /** The queue of the target is full, so nobody answers. */
    @Test
    void aTargetThatDoesNotAnswer() throws Exception {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocksClient client = gateway.client("open").greet()) {
            InetSocketAddress address = (InetSocketAddress) deaf.getLocalSocketAddress();
            while (queue(address, queued)) {
                assertThat(queued).hasSizeLessThan(100);
            }
            client.connectTo(address).expect("05 06 00 01 00 00 00 00 00 00").expectEnd();

            assertLine(client, "timeout", 6).contains("\"dialled\":\"127.0.0.1:" + address.getPort() + "\"");
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    private static boolean queue(InetSocketAddress address, List<Socket> queued) throws IOException {
        Socket socket = new Socket();
        queued.add(socket);
        try {
            socket.connect(address, 500);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void nothingMovesForTooLong() throws Exception {
        try (PackagedGateway hasty = PackagedGateway.start(folder, configuration("-", "idle", "1s"));
                SocksClient client = hasty.client("open")) {
            client.tunnelTo(echo.address());
            client.socket().getInputStream().readAllBytes();
            assertLine(hasty, client, "idle", 0);
        }
    }

    @Test
    void notTheProtocol() throws Exception {
        try (SocksClient client = gateway.client("open")) {
            client.send(Hex.ascii("GET / HTTP/1.1")).socket().getInputStream().readAllBytes();
            assertLine(client, "malformed", null).doesNotContain("requested", "command");
        }
    }

    @Test
    void aCommandThatIsNotServed() throws Exception {
        try (SocksClient client = gateway.client("open").greet()) {
            client.send("05 09 00 01 7F 00 00 01 00 50")
                    .expect("05 07 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertLine(client, "unsupported", 7).contains("\"requested\":\"127.0.0.1:80\"");
        }
    }

    @Test
    void aFileThatIsMovedAwayIsOpenedAnew() throws Exception {
        Path access = folder.resolve("access.log");
        Path rotated = folder.resolve("access.log.1");
        try (PackagedGateway writing =
                PackagedGateway.start(folder, configuration(access.toString(), "connect", "1s"))) {
            String first = quickSession(writing);
            Await.until("the first line is written", () -> text(access).contains(first));
            Files.move(access, rotated);
            String second = quickSession(writing);
            Await.until(
                    "the second line is written",
                    () -> Files.exists(access) && text(access).contains(second));

            assertThat(text(rotated).lines()).singleElement().asString().contains(first);
            assertThat(text(access).lines()).singleElement().asString().contains(second);
            assertThat(writing.out().text()).isEmpty();
            assertThat(text(access)).doesNotContain(PASSWORD);
        }
    }

    private static String quickSession(PackagedGateway through) throws IOException {
        try (SocksClient client = through.client("open")) {
            client.tunnelTo(echo.address()).finish();
            assertThat(client.readToEnd()).isEmpty();
            return "\"client\":\"127.0.0.1:" + client.socket().getLocalPort() + "\"";
        }
    }

    private static SocksClient login(String user, String password) throws IOException {
        return gateway.client("login")
                .send("05 01 02")
                .expect("05 02")
                .send("01" + Hex.counted(user) + Hex.counted(password))
                .expect("01 00");
    }

    private static AbstractStringAssert<?> assertLine(SocksClient client, String reason, Integer reply) {
        return assertLine(gateway, client, reason, reply);
    }

    private static AbstractStringAssert<?> assertLine(
            PackagedGateway through, SocksClient client, String reason, Integer reply) {
        JsonObject line = through.session(client.socket());
        assertThat(line.getString("reason")).isEqualTo(reason);
        assertThat(line.getInteger("reply")).isEqualTo(reply);
        assertThat(line.getLong("bytesUp")).isZero();
        assertThat(line.getLong("bytesDown")).isZero();
        return assertThat(line.encode());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Private, so refused; nothing is sent there. */
    private static InetSocketAddress elsewhere() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, -1, -1, 1}), 80);
    }
}
