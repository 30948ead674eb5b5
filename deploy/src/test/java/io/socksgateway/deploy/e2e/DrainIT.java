package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.SourceJar;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: who is in may finish, for a while. */
class DrainIT {

    /** So long a node that stood still does not trust itself, and a bit. */
    private static final Duration STANDSTILL = Duration.ofMillis(6_500);

    /** Starts when there is a file. */
    private static final String GATE = """
            package com.example;

            import io.socksgateway.auth.plugin.*;
            import io.vertx.core.Future;
            import io.vertx.core.Promise;

            public class Gate extends PasswordVerticle {
                @Override
                public Future<?> start() throws Exception {
                    Future<?> listening = super.start();
                    Promise<Void> opened = Promise.promise();
                    vertx.setPeriodic(10, timer -> {
                        if (vertx.fileSystem().existsBlocking(config().getString("file"))) {
                            vertx.cancelTimer(timer);
                            opened.complete();
                        }
                    });
                    return listening.compose(done -> opened.future());
                }

                @Override
                protected Future<Verdict> authenticate(Login login) {
                    return Future.succeededFuture(Verdict.unknown());
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void nobodyNewGetsInAndItEndsWithTheLastOpenSession() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(folder, configuration("1h"))
                        .expecting(
                                "WARN .*ServerBootstrap Failed to register an accepted channel"); // who comes just then
                TestTarget echo = TestTarget.echo();
                SocksClient first = gateway.client("open").tunnelTo(echo.address());
                SocksClient last = gateway.client("open").tunnelTo(echo.address())) {
            InetSocketAddress listener = gateway.listener("open");
            gateway.terminate();
            gateway.log().await(" draining");
            Await.until("nobody new gets in", () -> isClosed(listener));

            assertThat(exchange(first)).isEqualTo("still here");
            first.finish().expectEnd();
            assertThat(gateway.session(first.socket()).getString("reason")).isEqualTo("client-closed");
            assertThat(exchange(last)).isEqualTo("still here");
            assertThat(gateway.runs()).isTrue();
            last.finish().expectEnd();

            assertThat(gateway.awaitExit()).isZero();
            assertThat(gateway.session(last.socket()).getString("reason")).isEqualTo("client-closed");
            assertThat(gateway.log().whole()).contains(" stopped");
        }
    }

    @Test
    void whoIsStillThereAfterTheTimeToDrainIsEnded() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(folder, configuration("1s"));
                TestTarget echo = TestTarget.echo();
                SocksClient slow = gateway.client("open").tunnelTo(echo.address())) {
            assertThat(exchange(slow)).isEqualTo("still here");
            long start = System.nanoTime();
            gateway.terminate();

            JsonObject ended = gateway.session(slow.socket());
            assertThat(ended.getString("reason")).isEqualTo("drained");
            assertThat(ended.getLong("bytesUp")).isEqualTo(10);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(gateway.awaitExit()).isZero();
            assertThat(gateway.log().whole()).contains(" stopped");
        }
    }

    @Test
    void withNobodyInItEndsAtOnce() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(folder, configuration("1h"))) {
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            assertThat(gateway.log().whole()).contains(" stopped");
        }
    }

    /** A node that stood still while it started serves already, and is not ready for some seconds. */
    @Test
    void aNodeThatStillStartsDrainsToo() throws Exception {
        List<Integer> ports = FreePorts.take(2);
        Path gate = folder.resolve("gate");
        SourceJar.write(
                Files.createDirectory(folder.resolve("plugins")).resolve("gate.jar"),
                SourceJar.ownClassPath(),
                List.of(GATE));
        Path file = Files.writeString(folder.resolve("slow.json"), """
                {"listeners": [{"name": "open", "port": %d, "auth": "none"}],
                 "auth": {"authenticators": [{"type": "verticle", "class": "com.example.Gate", "config": {"file": "%s"}}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"drain": "30s"},
                 "cluster": {"name": "slow-%d", "host": "127.0.0.1", "port": %d, "members": ["127.0.0.1:%d"]}}""".formatted(
                        ports.get(0), gate, ports.get(1), ports.get(1), ports.get(1)));
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(0));
        try (PackagedGateway gateway = PackagedGateway.launch("--config", file.toString());
                TestTarget echo = TestTarget.echo()) {
            gateway.log().await(" tunnels move octets by ");
            standStill(gateway);
            Files.createFile(gate);
            Eventually.isTrue("it serves", () -> accepts(listener));
            try (SocksClient client = SocksClient.connect(listener).tunnelTo(echo.address())) {
                gateway.terminate();
                gateway.log().await(" draining: open sessions have");
                assertThat(exchange(client)).isEqualTo("still here");
                client.finish().expectEnd();
                assertThat(gateway.session(client.socket()).getString("reason")).isEqualTo("client-closed");
            }
            assertThat(gateway.awaitExit()).isZero();
            assertThat(gateway.log().whole()).contains(" stopped").doesNotContainPattern("(?sm) draining: .* ready$");
        }
    }

    private static void standStill(PackagedGateway gateway) throws Exception {
        gateway.freeze();
        long start = System.nanoTime();
        Await.until("it stood still", () -> System.nanoTime() - start > STANDSTILL.toNanos());
        gateway.thaw();
    }

    private static String configuration(String drain) {
        return """
                {"listeners": [{"name": "open", "port": 0}],
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"drain": "%s"}}""".formatted(drain);
    }

    private static String exchange(SocksClient client) throws IOException {
        client.send("still here".getBytes(StandardCharsets.UTF_8));
        return new String(client.read(10), StandardCharsets.UTF_8);
    }

    private static boolean accepts(InetSocketAddress listener) {
        try (Socket socket = new Socket()) {
            socket.connect(listener, 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isClosed(InetSocketAddress listener) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(1_000);
            socket.connect(listener, 10_000);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException waitsForAHandshake) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
