package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LoopCpu;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An end that does not read costs the gateway one receive buffer and no time. What it holds is what the kernel does not,
 * counted to the octet.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRAPPED")
class StalledReaderIT {

    private static final int QUIET_MILLIS = 300;
    private static final int MOST_CPU_MILLIS = 75;

    private final RelayPath path;
    private final CoreGateway gateway;
    private TestTarget target;
    private OpenTunnel tunnel;

    StalledReaderIT(RelayPath path) {
        this.path = path;
        gateway = path.setup().sendBuffers(16_384).start();
    }

    @BeforeEach
    void open() throws Exception {
        target = TestTarget.on(InetAddress.getLoopbackAddress(), null, 16_384);
        tunnel = OpenTunnel.through(gateway, target);
    }

    @AfterEach
    void stop() throws Exception {
        tunnel.close();
        target.close();
        gateway.close();
    }

    @Test
    void targetStalls() throws Exception {
        stalls(tunnel.near(), tunnel.far());
    }

    @Test
    void clientStalls() throws Exception {
        stalls(tunnel.far(), tunnel.near());
    }

    private void stalls(Socket from, Socket to) throws Exception {
        long sent = Octets.fill(from);
        assertHeldQuietly(from, sent, to);
        from.shutdownOutput();
        assertHeldQuietly(from, sent, to);
        assertIntact(to, sent);
    }

    /** The FIN gets as far as the gateway, behind octets that wait in its kernel and have to stay there. */
    @Test
    void targetStallsAndTheClientLeaves() throws Exception {
        leaves(tunnel.near(), tunnel.far());
    }

    @Test
    void clientStallsAndTheTargetLeaves() throws Exception {
        leaves(tunnel.far(), tunnel.near());
    }

    private void leaves(Socket from, Socket to) throws Exception {
        long sent = sendUntilTheGatewayPauses(from);
        long held = OpenTunnel.held(from, sent, to, 0);
        from.shutdownOutput();
        Eventually.isTrue("the FIN is there", () -> TcpState.ofPeer(from).state() == TcpState.CLOSE_WAIT);
        assertHeldQuietly(from, sent, to);
        assertThat(OpenTunnel.held(from, sent, to, 0)).isEqualTo(held);
        assertIntact(to, sent);
    }

    /** The other direction has ended already: what is left must still be held back. */
    @Test
    void targetHasEndedAndStalls() throws Exception {
        endedAndStalls(tunnel.near(), tunnel.far());
    }

    @Test
    void clientHasEndedAndStalls() throws Exception {
        endedAndStalls(tunnel.far(), tunnel.near());
    }

    private void endedAndStalls(Socket from, Socket to) throws Exception {
        to.shutdownOutput();
        assertThat(from.getInputStream().read()).isEqualTo(-1);
        long sent = Octets.fill(from, 64 << 20);
        assertHeldQuietly(from, sent, to);
        from.shutdownOutput();
        assertHeldQuietly(from, sent, to);
        assertIntact(to, sent);
    }

    /** Both directions have ended, but one is not through yet: nothing is left to wait for but the reader. */
    @Test
    void bothHaveEndedAndTheTargetStalls() throws Exception {
        bothHaveEnded(tunnel.near(), tunnel.far());
    }

    @Test
    void bothHaveEndedAndTheClientStalls() throws Exception {
        bothHaveEnded(tunnel.far(), tunnel.near());
    }

    private void bothHaveEnded(Socket from, Socket to) throws Exception {
        long sent = sendUntilTheGatewayPauses(from);
        from.shutdownOutput();
        to.shutdownOutput();
        assertThat(from.getInputStream().read()).isEqualTo(-1);
        assertQuiet();
        assertIntact(to, sent);
    }

    /** Sends little by little until the gateway leaves some of it in its kernel, which has room for more. */
    private static long sendUntilTheGatewayPauses(Socket from) throws Exception {
        long sent = 0;
        do {
            byte[] part = Octets.part(sent, 16_384);
            from.getOutputStream().write(part);
            sent += part.length;
        } while (Eventually.within(1_000, () -> TcpState.ofPeer(from).unread() == 0));
        Eventually.isTrue(
                "the gateway's kernel has it all", () -> TcpState.of(from).unacknowledged() == 0);
        return sent;
    }

    private void assertHeldQuietly(Socket from, long sent, Socket to) throws Exception {
        long held = Eventually.settled(100, () -> OpenTunnel.held(from, sent, to, 0));
        assertThat(held).isBetween(0L, path.mostHeld());
        assertQuiet();
        assertThat(OpenTunnel.held(from, sent, to, 0)).isEqualTo(held);
    }

    private void assertQuiet() throws IOException, InterruptedException {
        long before = LoopCpu.millis();
        assertThat(gateway.records().poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)).isNull();
        assertThat(LoopCpu.millis() - before)
                .as("CPU time of a gateway that waits")
                .isLessThan(MOST_CPU_MILLIS);
    }

    private static void assertIntact(Socket to, long length) throws IOException {
        assertThat(Octets.digest(to.getInputStream(), length)).isEqualTo(Octets.digest(length));
        assertThat(to.getInputStream().read()).isEqualTo(-1);
    }
}
