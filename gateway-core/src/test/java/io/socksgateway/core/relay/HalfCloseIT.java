package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** FIN travels as FIN, RST as RST, and one direction lives on without the other. */
@ParameterizedClass
@EnumSource(RelayPath.class)
class HalfCloseIT {

    private static final int MIB = 1 << 20;

    private final CoreGateway gateway;
    private TestTarget target;
    private OpenTunnel tunnel;

    HalfCloseIT(RelayPath path) {
        gateway = path.setup().start();
    }

    @BeforeEach
    void open() throws Exception {
        target = TestTarget.manual();
        tunnel = OpenTunnel.through(gateway, target);
    }

    @AfterEach
    void stop() throws Exception {
        tunnel.close();
        target.close();
        gateway.close();
    }

    @Test
    void theClientEndsFirstAndIsStillAnswered() throws Exception {
        SessionRecord record = endsFirst(tunnel.near(), tunnel.far());
        assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        assertThat(record.bytesUp()).isEqualTo(3);
        assertThat(record.bytesDown()).isEqualTo(MIB);
    }

    @Test
    void theTargetEndsFirstAndIsStillSentTo() throws Exception {
        SessionRecord record = endsFirst(tunnel.far(), tunnel.near());
        assertThat(record.reason()).isEqualTo(EndReason.TARGET_CLOSED);
        assertThat(record.bytesUp()).isEqualTo(MIB);
        assertThat(record.bytesDown()).isEqualTo(3);
    }

    private SessionRecord endsFirst(Socket first, Socket second) throws Exception {
        first.getOutputStream().write(new byte[] {1, 2, 3});
        first.shutdownOutput();
        assertThat(second.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                Octets.send(second.getOutputStream(), MIB);
                second.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(Octets.digest(first.getInputStream(), MIB)).isEqualTo(Octets.digest(MIB));
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        sent.get(30, TimeUnit.SECONDS);
        return gateway.nextRecord();
    }

    /** What was sent before the FIN arrives before it, even if it had to wait in the gateway. */
    @Test
    void theFinWaitsForWhatIsBeforeIt() throws Exception {
        long sent = Octets.fill(tunnel.near());
        tunnel.near().shutdownOutput();
        assertThat(Octets.digest(tunnel.far().getInputStream(), sent)).isEqualTo(Octets.digest(sent));
        assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
        tunnel.far().getOutputStream().write(7);
        tunnel.client().expect("07");
    }

    @Test
    void aResetOfTheClientReachesTheTarget() throws Exception {
        tunnel.client().reset();
        assertReset(tunnel.far());
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    @Test
    void aResetOfTheTargetReachesTheClient() throws Exception {
        reset(tunnel.far());
        tunnel.client().expectReset();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TARGET_CLOSED);
    }

    @Test
    void aResetBehindAFinReachesTheOtherEnd() throws Exception {
        tunnel.far().shutdownOutput();
        tunnel.client().expectEnd();
        tunnel.client().reset();
        assertReset(tunnel.far());
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TARGET_CLOSED);
    }

    @Test
    void aResetOfTheClientIsSeenWhileTheTargetStalls() throws Exception {
        assertThat(Octets.fill(tunnel.near())).isPositive();
        tunnel.client().reset();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    @Test
    void aResetOfTheStalledTargetReachesTheClient() throws Exception {
        assertThat(Octets.fill(tunnel.near())).isPositive();
        reset(tunnel.far());
        tunnel.client().expectReset();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TARGET_CLOSED);
    }

    private static void reset(Socket socket) throws Exception {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }
}
