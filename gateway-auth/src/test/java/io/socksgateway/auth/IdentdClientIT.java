package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.bus.IdentRequest;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentdClientIT {

    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 6193);
    private static final InetSocketAddress GATEWAY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 23);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** An identd that says this behind the ports that it was asked for. */
    private static TestTarget identd(String answer) throws Exception {
        return TestTarget.serving(connection -> {
            String asked = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            connection.getOutputStream().write((asked + answer).getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().read();
        });
    }

    private IdentOutcome ask(int port, long timeout) {
        IdentdClient client = new IdentdClient(vertx, port, timeout, user -> Set.of("of " + user));
        return client.identify(new IdentRequest("id", CLIENT, GATEWAY, "alice")).await();
    }

    @Test
    void confirmsTheUserAndHerGroups() throws Exception {
        try (TestTarget identd = identd(" : USERID : UNIX : alice\r\n")) {
            assertThat(ask(identd.port(), 20_000))
                    .isEqualTo(new IdentOutcome.Confirmed(new Identity("alice", Set.of("of alice"))));
        }
    }

    @Test
    void seesAnotherUser() throws Exception {
        try (TestTarget identd = identd(" : USERID : UNIX : bob\n")) {
            assertThat(ask(identd.port(), 20_000)).isInstanceOf(IdentOutcome.Mismatch.class);
        }
    }

    @Test
    void doesWithoutAnIdentd() throws Exception {
        int closed = ClosedPort.port();
        assertThat(ask(closed, 20_000)).isEqualTo(new IdentOutcome.Unavailable("nobody listens on port " + closed));
    }

    @Test
    void givesUpOnSilence() throws Exception {
        try (TestTarget silent = TestTarget.serving(
                connection -> connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))) {
            assertThat(ask(silent.port(), 200)).isInstanceOf(IdentOutcome.Unavailable.class);
        }
    }

    @Test
    void boundsTheAnswer() throws Exception {
        try (TestTarget endless = identd("x".repeat(2_000))) {
            assertThat(ask(endless.port(), 20_000))
                    .isEqualTo(new IdentOutcome.Unavailable("an answer that is too long"));
        }
    }
}
