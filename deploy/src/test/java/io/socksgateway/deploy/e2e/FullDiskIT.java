package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A full disk under the access log costs lines, and no session. */
@EnabledOnOs(OS.LINUX)
class FullDiskIT {

    private static final int SESSIONS = 200;
    private static final Path FULL = Path.of("/dev/full");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void everySessionIsServedAndTheLogGoesOnOnceThereIsRoom() throws Exception {
        Path file = folder.resolve("access.log");
        Files.createSymbolicLink(file, FULL);
        String configuration = """
                {"listeners": [{"name": "open", "port": 0}],
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "admin": {"port": 0, "token": "token-3d4c1f66a0"},
                 "log": {"access": {"path": "%s"}}}""".formatted(file);
        try (PackagedGateway gateway =
                        PackagedGateway.start(folder, configuration).expecting("cannot be written");
                TestTarget echo = TestTarget.echo();
                SocksClient longLived = gateway.client("open").tunnelTo(echo.address())) {
            AdminCalls admin = AdminCalls.of(gateway, "token-3d4c1f66a0");
            for (int i = 0; i < SESSIONS; i++) {
                serve(gateway, echo);
            }
            gateway.log().await("access log .* cannot be written, lines are lost: No space left on device");
            Await.until("all lines count as lost", DEADLINE, () -> lost(admin) == SESSIONS);
            longLived.send("01 02").expect("01 02");

            Path free = Files.createFile(folder.resolve("free"));
            Files.move(free, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            longLived.finish().expectEnd();
            serve(gateway, echo);
            gateway.log().await("access log .* writing again; " + SESSIONS + " lines were lost");
            Await.until("two lines", DEADLINE, () -> lines(file).size() == 2);

            assertThat(lines(file)).allSatisfy(line -> assertThat(new JsonObject(line).getString("rule"))
                    .isEqualTo("loopback"));
            assertThat(lost(admin)).isEqualTo(SESSIONS);
            assertThat(gateway.log().all())
                    .filteredOn(line -> line.contains("access log"))
                    .as("said once when it began and once when it was over")
                    .hasSize(2);
        }
    }

    private static void serve(PackagedGateway gateway, TestTarget echo) throws IOException {
        try (SocksClient client = gateway.client("open").tunnelTo(echo.address())) {
            client.send("0A 0B").expect("0A 0B").finish().expectEnd();
        }
    }

    private static long lost(AdminCalls admin) {
        return (long) admin.metric("socks_gateway_access_log_lost_total");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
