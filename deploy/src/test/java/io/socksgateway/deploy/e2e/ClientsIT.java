package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in each dialect, our exact one and Java's own, and what they move. */
class ClientsIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final String WRONG = "wrong-horse-1137";

    @TempDir
    private static Path folder;

    private static PackagedGateway gateway;
    private static TestTarget echo;

    @BeforeAll
    static void start() throws IOException {
        echo = TestTarget.echo();
        gateway = PackagedGateway.start(folder, """
                {"listeners": [{"name": "open", "port": 0, "auth": "none"},
                               {"name": "login", "port": 0, "auth": "userpass"},
                               {"name": "either", "port": 0, "auth": ["userpass", "none"]}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "log": {"level": "debug"}}""".formatted(PASSWORD)).keeping(PASSWORD, WRONG);
    }

    @AfterAll
    static void stop() throws IOException {
        echo.close();
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void socks5() throws IOException {
        try (SocksClient client = gateway.client("open")) {
            InetSocketAddress bound = client.greet().connectTo(echo.address()).expectSuccess();
            assertThat(bound.getAddress().isLoopbackAddress()).isTrue();
            assertThat(bound.getPort()).isNotZero().isNotEqualTo(echo.port());
            echoes(client);
        }
    }

    @Test
    void socks5ByName() throws IOException {
        try (SocksClient client = gateway.client("open")) {
            client.greet()
                    .send("05 01 00 03" + Hex.counted("localhost") + Hex.port(echo.port()))
                    .expectSuccess();
            echoes(client);
        }
    }

    @Test
    void socks4() throws IOException {
        try (SocksClient client = gateway.client("open")) {
            client.send("04 01" + Hex.port(echo.port()) + "7F 00 00 01" + Hex.ascii("fred") + "00")
                    .expect("00 5A");
            client.read(6);
            echoes(client);
        }
    }

    @Test
    void socks4a() throws IOException {
        try (SocksClient client = gateway.client("open")) {
            client.send("04 01" + Hex.port(echo.port()) + "00 00 00 01 00" + Hex.ascii("localhost") + "00")
                    .expect("00 5A");
            client.read(6);
            echoes(client);
        }
    }

    @Test
    void socks5WithALogin() throws IOException {
        try (SocksClient client = gateway.client("login")) {
            client.send("05 01 02").expect("05 02");
            client.send("01" + Hex.counted("alice") + Hex.counted(PASSWORD)).expect("01 00");
            client.connectTo(echo.address()).expectSuccess();
            echoes(client);
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndTheConnectionClosed() throws IOException {
        try (SocksClient client = gateway.client("login")) {
            client.send("05 01 02").expect("05 02");
            client.send("01" + Hex.counted("alice") + Hex.counted(WRONG)).expect("01 01");
            client.expectEnd();
        }
    }

    @Test
    void whoOffersNoLoginIsNotServedWhereOneIsWanted() throws IOException {
        try (SocksClient client = gateway.client("login")) {
            client.send("05 01 00").expect("05 FF").expectEnd();
        }
        try (SocksClient client = gateway.client("login")) {
            client.send("04 01" + Hex.port(echo.port()) + "7F 00 00 01 00").expect("00 5B");
            client.read(6);
            client.expectEnd();
        }
    }

    /** The listener's order of preference decides, not the client's. */
    @Test
    void theLoginIsPreferredWhereBothArePossible() throws IOException {
        try (SocksClient client = gateway.client("either")) {
            client.send("05 02 00 02").expect("05 02");
        }
        try (SocksClient client = gateway.client("either")) {
            client.greet().connectTo(echo.address()).expectSuccess();
        }
    }

    @Test
    void javaWithoutALogin() throws IOException {
        try (Socket socket = javaSocket("open")) {
            socket.connect(echo.address(), 10_000);
            echoes(socket);
        }
    }

    @Test
    void javaByName() throws IOException {
        try (Socket socket = javaSocket("open")) {
            socket.connect(InetSocketAddress.createUnresolved("localhost", echo.port()), 10_000);
            echoes(socket);
        }
    }

    @Test
    void javaInSocks4() throws IOException {
        System.setProperty("socksProxyVersion", "4");
        try (Socket socket = javaSocket("open")) {
            socket.connect(echo.address(), 10_000);
            echoes(socket);
        } finally {
            System.clearProperty("socksProxyVersion");
        }
    }

    @Test
    void javaWithALogin() throws IOException {
        Authenticator.setDefault(loginWith(PASSWORD));
        try (Socket socket = javaSocket("login")) {
            socket.connect(echo.address(), 10_000);
            echoes(socket);
        } finally {
            Authenticator.setDefault(null);
        }
    }

    @Test
    void javaWithAWrongPassword() throws IOException {
        Authenticator.setDefault(loginWith(WRONG));
        try (Socket socket = javaSocket("login")) {
            assertThatThrownBy(() -> socket.connect(echo.address(), 10_000))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("authentication failed");
        } finally {
            Authenticator.setDefault(null);
        }
    }

    @Test
    void javaHearsWhyItIsRefused() throws IOException {
        int closed = ClosedPort.port();
        try (Socket socket = javaSocket("open")) {
            assertThatThrownBy(() ->
                            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), closed), 10_000))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("Connection refused");
        }
        try (Socket socket = javaSocket("open")) {
            assertThatThrownBy(() -> socket.connect(elsewhere(), 10_000))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("not allowed");
        }
    }

    @Test
    void moves64MebibytesBothWays() throws Exception {
        try (SocksClient client = gateway.client("open")) {
            client.tunnelTo(echo.address());
            Bulk.exchange(client.socket(), 64 << 20, 1);
        }
    }

    @Test
    void serves50AtOnce() throws Exception {
        Crowd.run(50, number -> () -> {
            try (SocksClient client = gateway.client("open")) {
                client.tunnelTo(echo.address());
                Bulk.exchange(client.socket(), 512 << 10, number);
                return number;
            }
        });
    }

    private static Socket javaSocket(String listener) throws IOException {
        Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, gateway.listener(listener)));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static Authenticator loginWith(String password) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("alice", password.toCharArray());
            }
        };
    }

    private static void echoes(SocksClient client) throws IOException {
        echoes(client.socket());
    }

    private static void echoes(Socket socket) throws IOException {
        byte[] said = "over there?".getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(said);
        assertThat(socket.getInputStream().readNBytes(said.length)).isEqualTo(said);
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    /** Private, so refused; nothing is sent there. */
    private static InetSocketAddress elsewhere() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, -1, -1, 1}), 80);
    }
}
