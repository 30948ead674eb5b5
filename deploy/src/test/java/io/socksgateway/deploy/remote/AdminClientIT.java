package io.socksgateway.deploy.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socksgateway.deploy.api.FakeEndpoint;
import io.socksgateway.testkit.ClosedPort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminClientIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static boolean isGone(AdminClient client) {
        return catchThrowableOfType(AdminException.class, () -> client.get("nodes"))
                .isGone();
    }

    private AdminClient to(int port) {
        return new AdminClient(vertx, AdminAddress.at("http://127.0.0.1:" + port, null, null));
    }

    @Test
    void whoIsSilentHasNotGone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AdminException silent = catchThrowableOfType(
                    AdminException.class, () -> to(server.getLocalPort()).post("reload", 1));

            assertThat(silent.isGone()).isFalse();
            assertThat(silent.lines()).contains("It may be done yet: the gateway's log says.");
            assertThat(silent.problem().getString("detail")).contains("no answer in 1 s");
        }
    }

    @Test
    void whoRefusesOrEndsTheConnectionHas() throws Exception {
        assertThat(isGone(to(ClosedPort.port()))).isTrue();
        try (FakeEndpoint endpoint = FakeEndpoint.start()) {
            int there = endpoint.base().getPort();
            assertThat(isGone(to(there))).isTrue();
            endpoint.answer("GET nodes", 503, "{'detail': 'busy'}");
            assertThat(isGone(to(there))).isFalse();
        }
    }

    /** A container's name goes with it. */
    @Test
    void whoseNameIsNotKnownHas() throws Exception {
        try (DatagramSocket noServer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Vertx strange = Vertx.vertx(new VertxOptions()
                    .setAddressResolverOptions(new AddressResolverOptions()
                            .addServer("127.0.0.1:" + noServer.getLocalPort())
                            .setQueryTimeout(50)));
            try {
                AdminClient client =
                        new AdminClient(strange, AdminAddress.at("http://edge-1.invalid:9090", null, null));
                assertThat(isGone(client)).isTrue();
            } finally {
                strange.close().await();
            }
        }
    }

    /** Nor does anybody say that its address is not there. */
    @Test
    void whoMakesNoConnectionHas() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel first = SocketChannel.open();
                SocketChannel second = SocketChannel.open();
                SocketChannel third = SocketChannel.open()) {
            for (SocketChannel waiting : List.of(first, second, third)) {
                waiting.configureBlocking(false);
                boolean unused = waiting.connect(server.getLocalSocketAddress());
            }
            AdminAddress there = AdminAddress.at("http://127.0.0.1:" + server.getLocalPort(), null, null);
            assertThat(isGone(new AdminClient(vertx, there, 1_000))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoEndsTheConnectionInTheHandshakeOfTlsHas(boolean heard) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> end(server, heard));
            AdminAddress there = AdminAddress.at("https://127.0.0.1:" + server.getLocalPort(), null, null);

            assertThat(isGone(new AdminClient(vertx, there))).isTrue();
            end.join();
        }
    }

    private static void end(ServerSocket server, boolean heard) {
        try (Socket client = server.accept()) {
            if (heard) {
                int length = client.getInputStream().readNBytes(5)[4] & 0xFF;
                byte[] unused = client.getInputStream().readNBytes(length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoSpeaksNoTlsHasNot() throws Exception {
        Vertx other = Vertx.vertx();
        try {
            NetServer server = other.createNetServer()
                    .connectHandler(client -> client.exceptionHandler(end -> {})
                            .handler(hello -> client.write("220 smtp.example.com\r\n")))
                    .listen(0, "127.0.0.1")
                    .await();
            AdminAddress there = AdminAddress.at("https://127.0.0.1:" + server.actualPort(), null, null);

            assertThat(isGone(new AdminClient(vertx, there))).isFalse();
        } finally {
            other.close().await();
        }
    }
}
