package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SOCKS client that every Java program has. */
class JavaClientIT {

    private static final int LENGTH = 1 << 20;

    @AfterEach
    void forgetPasswords() {
        Authenticator.setDefault(null);
    }

    private static Future<AuthOutcome> check(AuthRequest request) {
        boolean right = request.credentials().user().equals("alice")
                && Arrays.equals(request.credentials().password(), "secret".getBytes(StandardCharsets.US_ASCII));
        return Future.succeededFuture(
                right
                        ? new AuthOutcome.Accepted(new Identity("alice", Set.of()))
                        : new AuthOutcome.Rejected("wrong password"));
    }

    private static CoreGateway withLogin() {
        return CoreGateway.setup()
                .auth("userpass")
                .authenticator(JavaClientIT::check)
                .start();
    }

    private static void logInAs(String user, String password) {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password.toCharArray());
            }
        });
    }

    private static Socket connect(CoreGateway gateway, InetSocketAddress target) throws IOException {
        Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, gateway.address()));
        socket.setSoTimeout(30_000);
        socket.connect(target, 30_000);
        return socket;
    }

    /** Reads while it writes: not every system has room for all of it on the way. */
    private static void assertEchoes(Socket socket) throws Exception {
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(socket));
        assertThat(Octets.digest(socket.getInputStream(), LENGTH)).isEqualTo(Octets.digest(LENGTH));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        sent.get(30, TimeUnit.SECONDS);
    }

    private static void send(Socket socket) {
        try {
            socket.getOutputStream().write(Octets.part(0, LENGTH));
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutALogin() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.echo();
                Socket socket = connect(gateway, target.address())) {
            assertEchoes(socket);
        }
    }

    @Test
    void aNameForTheGatewayToResolve() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.echo();
                Socket socket = connect(gateway, InetSocketAddress.createUnresolved("localhost", target.port()))) {
            assertEchoes(socket);
        }
    }

    @Test
    void withAnAuthenticator() throws Exception {
        logInAs("alice", "secret");
        try (CoreGateway gateway = withLogin();
                TestTarget target = TestTarget.echo();
                Socket socket = connect(gateway, target.address())) {
            assertEchoes(socket);
            assertThat(gateway.nextRecord().user()).isEqualTo("alice");
        }
    }

    @Test
    void withAWrongPassword() throws Exception {
        logInAs("alice", "wrong");
        assertLoginFails();
    }

    @Test
    void withoutAnAuthenticatorWhereALoginIsWanted() throws Exception {
        assertLoginFails();
    }

    private static void assertLoginFails() throws Exception {
        try (CoreGateway gateway = withLogin();
                TestTarget target = TestTarget.manual()) {
            assertThatThrownBy(() -> connect(gateway, target.address()).close())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("authentication failed");
            assertThat(target.isUntouched()).isTrue();
        }
    }

    @Test
    void aRefusedPort() throws Exception {
        InetSocketAddress gone = ClosedPort.address();
        try (CoreGateway gateway = CoreGateway.setup().start()) {
            assertThatThrownBy(() -> connect(gateway, gone).close())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("Connection refused");
        }
    }
}
