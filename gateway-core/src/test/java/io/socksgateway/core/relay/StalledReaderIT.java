package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LoopCpu;
import io.socksgateway.testkit.LoopTurns;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TcpTable;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** Of all buffers behind the gateway, so that they are soon full and soon emptied. */
    private static final int SMALL = 16_384;

    private static final int QUIET_MILLIS = 300;
    private static final int MOST_CPU_MILLIS = 75;

    private final RelayPath path;
    private final CoreGateway gateway;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private TestTarget target;
    private Stalling up;
    private Stalling down;

    StalledReaderIT(RelayPath path) {
        this.path = path;
        gateway = path.setup().sendBuffers(SMALL).start();
    }

    /** A tunnel one end of which does not read. */
    private final class Stalling {
        final String name;
        final OpenTunnel tunnel;
        final Socket from;
        final Socket to;
        long sent;

        Stalling(boolean up) throws Exception {
            name = up ? "the target stalls" : "the client stalls";
            tunnel = OpenTunnel.of(SocksClient.connect(gateway.address(), SMALL), target);
            from = up ? tunnel.near() : tunnel.far();
            to = up ? tunnel.far() : tunnel.near();
        }

        void fill(long most) throws IOException {
            sent = Octets.fill(from, most);
        }

        /** Sends little by little until the gateway leaves some of it in its kernel, which has room for more. */
        void sendUntilTheGatewayPauses() throws Exception {
            sent = OpenTunnel.sendUntilPaused(gateway, from, sent, SMALL);
            Eventually.isTrue(
                    "the gateway's kernel has it all", () -> TcpState.of(from).unacknowledged() == 0);
        }

        void fromEnds() throws IOException {
            from.shutdownOutput();
        }

        void toEnds() throws IOException {
            to.shutdownOutput();
            assertThat(from.getInputStream().read()).as(name).isEqualTo(-1);
        }

        void assertIntact() throws IOException {
            assertThat(Octets.digest(to.getInputStream(), sent)).as(name).isEqualTo(Octets.digest(sent));
            assertThat(to.getInputStream().read()).as(name).isEqualTo(-1);
        }
    }

    @BeforeEach
    void open() throws Exception {
        target = TestTarget.on(InetAddress.getLoopbackAddress(), null, SMALL);
        up = new Stalling(true);
        down = new Stalling(false);
    }

    @AfterEach
    void stop() throws Exception {
        thread.shutdownNow();
        up.tunnel.close();
        down.tunnel.close();
        target.close();
        gateway.close();
    }

    private interface Step {
        void of(Stalling tunnel) throws Exception;
    }

    private void both(Step step) throws Exception {
        Future<?> other = thread.submit(() -> {
            step.of(down);
            return null;
        });
        step.of(up);
        assertThat(other.get(120, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void oneThatStalls() throws Exception {
        both(tunnel -> tunnel.fill(Long.MAX_VALUE));
        assertHeldQuietly();
        both(Stalling::fromEnds);
        assertHeldQuietly();
        both(Stalling::assertIntact);
    }

    /** The FIN gets as far as the gateway, behind octets that wait in its kernel and have to stay there. */
    @Test
    void oneThatStallsWhileTheOtherLeaves() throws Exception {
        both(Stalling::sendUntilTheGatewayPauses);
        List<Long> held = assertHeldQuietly();
        both(Stalling::fromEnds);
        both(tunnel -> Eventually.isTrue(
                "the FIN is there", () -> TcpState.ofPeer(tunnel.from).state() == TcpState.CLOSE_WAIT));
        assertThat(assertHeldQuietly()).isEqualTo(held);
        both(Stalling::assertIntact);
    }

    /** The other direction has ended already: what is left must still be held back. */
    @Test
    void oneThatHasEndedAndStalls() throws Exception {
        both(Stalling::toEnds);
        both(tunnel -> tunnel.fill(64 << 20));
        assertHeldQuietly();
        both(Stalling::fromEnds);
        assertHeldQuietly();
        both(Stalling::assertIntact);
    }

    /** Both directions have ended, but one is not through yet: nothing is left to wait for but the reader. */
    @Test
    void oneThatStallsWhenBothHaveEnded() throws Exception {
        both(Stalling::sendUntilTheGatewayPauses);
        both(Stalling::fromEnds);
        both(Stalling::toEnds);
        assertHeldQuietly();
        both(Stalling::assertIntact);
    }

    /** Tells how many octets of both are held. */
    @CanIgnoreReturnValue
    private List<Long> assertHeldQuietly() throws Exception {
        List<Long> held = LoopTurns.settled(gateway.vertx(), this::held);
        assertThat(held).allSatisfy(octets -> assertThat(octets).isBetween(0L, path.mostHeld()));
        assertQuiet();
        Eventually.isTrue("no more is held than before, and no less: " + held, () -> held.equals(held()));
        return held;
    }

    private List<Long> held() throws IOException {
        TcpTable kernel = TcpTable.read();
        List<Long> held = new ArrayList<>();
        for (Stalling each : List.of(up, down)) {
            held.add(OpenTunnel.held(kernel, each.from, each.sent, each.to));
        }
        return held;
    }

    private void assertQuiet() throws Exception {
        long before = LoopCpu.millis();
        assertThat(gateway.records().poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)).isNull();
        assertThat(LoopCpu.millis() - before)
                .as("CPU time of a gateway that waits")
                .isLessThan(MOST_CPU_MILLIS);
    }
}
