package io.socksgateway.deploy.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A clock that is set by an hour, forward and back, under a running gateway: nothing that lasts a while ends early, and nothing
 * stands still. Debian's package faketime has the library that sets the clock of one process.
 */
@EnabledOnOs(OS.LINUX)
class ClockJumpIT {

    private static final int DEADLINE_MILLIS = 60_000;
    private static final Duration DEADLINE = Duration.ofMillis(DEADLINE_MILLIS);
    private static final int OCTETS = 150_000;

    /** For a handshake: two seconds, and a bit less where clocks are not read at the same moment. */
    private static final Duration HANDSHAKE = Duration.ofMillis(1_900);

    @TempDir
    private Path folder;

    private static final String CONFIGURATION = """
            {"listeners": [{"name": "open", "port": 0, "auth": "none"},
                           {"name": "known", "port": 0, "auth": "userpass"},
                           {"name": "slow", "port": 0, "auth": "none"}],
             "auth": {"users": [{"name": "alice", "password": "wonderland"}],
                      "backoff": {"failures": 2, "within": "10m", "ban": "2s", "maxBan": "2s"}},
             "quotas": [{"name": "speed", "key": "listener",
                         "sessionsPerSecond": 1000, "traffic": {"limit": "1GB", "per": "month"}, "bandwidth": {"down": "1Mbit/s"}}],
             "timeouts": {"handshake": "2s", "idle": "10m"},
             "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}]}""";

    private static Path library() throws IOException {
        Path lib = Path.of("/usr/lib");
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(lib, Files::isDirectory)) {
            for (Path one : folders) {
                Path found = one.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(found)) {
                    return found;
                }
            }
        }
        return lib.resolve("faketime/libfaketimeMT.so.1");
    }

    private void set(String offset) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), offset + "\n");
        Files.move(next, offset(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path offset() {
        return folder.resolve("offset");
    }

    @Test
    void nothingEndsEarlyAndNothingStandsStill() throws Exception {
        Path library = library();
        assumeThat(library).as("Debian's package faketime is not installed").exists();
        set("+0");
        Map<String, String> environment = Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset().toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
        Path file = Files.writeString(folder.resolve("gateway.json"), CONFIGURATION);
        try (PackagedGateway gateway = PackagedGateway.launch(environment, "--config", file.toString());
                TestTarget echo = TestTarget.echo();
                TestTarget source = TestTarget.serving(ClockJumpIT::send)) {
            gateway.awaitReady();
            try (SocksClient tunnel = tunnel(gateway, "open", echo)) {
                works(gateway, tunnel, echo, source, 0);
                for (int hours : new int[] {1, -1, 0}) {
                    ban(gateway, echo);
                    set((hours < 0 ? "" : "+") + hours + "h");
                    works(gateway, tunnel, echo, source, hours);
                }
                tunnel.finish().expectEnd();
                JsonObject line = gateway.session(tunnel.socket());
                assertThat(line.getString("reason")).isEqualTo("client-closed");
                assertThat(line.getLong("durationMs")).isBetween(0L, 600_000L);
            }
        }
    }

    /** Each takes its time, so they wait side by side. */
    private static void works(
            PackagedGateway gateway, SocksClient tunnel, TestTarget echo, TestTarget source, int hours)
            throws Exception {
        List<Callable<Void>> checks = List.of(
                () -> aTimerEnds(gateway),
                () -> anAllowanceFills(gateway, source, hours),
                () -> aBanEnds(gateway, echo));
        List<Void> unused = Crowd.run(checks.size(), checks::get);
        // a timer whose time has not come
        tunnel.send("01 02 03").expect("01 02 03");
    }

    /** One that was armed after the clock was set. */
    private static Void aTimerEnds(PackagedGateway gateway) throws IOException {
        long start = System.nanoTime();
        try (SocksClient silent = patient(gateway.client("open"))) {
            silent.expectEnd();
            assertThat(since(start)).isGreaterThan(HANDSHAKE);
            assertThat(gateway.session(silent.socket()).getString("reason")).isEqualTo("timeout");
        }
        return null;
    }

    /** As time goes by. */
    private static Void anAllowanceFills(PackagedGateway gateway, TestTarget source, int hours) throws IOException {
        try (SocksClient slow = tunnel(gateway, "slow", source)) {
            assertThat(slow.readToEnd()).hasSize(OCTETS);
            slow.finish();
            JsonObject line = gateway.session(slow.socket());
            assertThat(Duration.between(Instant.now(), Instant.parse(line.getString("time"))))
                    .as("the clock that was set")
                    .isBetween(
                            Duration.ofHours(hours).minusMinutes(20),
                            Duration.ofHours(hours).plusMinutes(20));
        }
        return null;
    }

    private static Void aBanEnds(PackagedGateway gateway, TestTarget echo) {
        Await.until("alice may come in again", DEADLINE, () -> login(gateway, echo, "wonderland"));
        return null;
    }

    private static void ban(PackagedGateway gateway, TestTarget echo) {
        assertThat(login(gateway, echo, "guess")).isFalse();
        assertThat(login(gateway, echo, "guess")).isFalse();
    }

    private static boolean login(PackagedGateway gateway, TestTarget echo, String password) {
        return unhurried(() -> {
            try (SocksClient client = patient(gateway.client("known"))) {
                client.send("05 01 02").expect("05 02").send("01 05").send("alice".getBytes(UTF_8));
                byte[] octets = password.getBytes(UTF_8);
                client.send(new byte[] {(byte) octets.length}).send(octets);
                if (client.read(2)[1] != 0) {
                    return false;
                }
                return client.connectTo(echo.address()).read(2)[1] == 0;
            }
        });
    }

    private static SocksClient tunnel(PackagedGateway gateway, String listener, TestTarget target) {
        return unhurried(() -> patient(gateway.client(listener)).tunnelTo(target.address()));
    }

    /** Begins anew if a busy machine has not let a handshake end within the two seconds that it has here; before, nothing may end it. */
    private static <T> T unhurried(Callable<T> handshake) {
        AtomicReference<T> done = new AtomicReference<>();
        Await.until("a handshake ends in time", DEADLINE, () -> {
            long start = System.nanoTime();
            try {
                done.set(handshake.call());
            } catch (IOException e) {
                assertThat(since(start)).as("until " + e).isGreaterThan(HANDSHAKE);
                return false;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return true;
        });
        return done.get();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static SocksClient patient(SocksClient client) throws IOException {
        client.socket().setSoTimeout(DEADLINE_MILLIS);
        return client;
    }

    private static void send(Socket connection) throws IOException {
        connection.getOutputStream().write(new byte[OCTETS]);
    }
}
