package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.Blackhole;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that somebody else ends, from a thread of his own. */
@ParameterizedClass
@EnumSource(RelayPath.class)
class KillIT {

    private static final int MIB = 1 << 20;

    private final CoreGateway gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    KillIT(RelayPath path) {
        gateway = path.setup().start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        gateway.close();
    }

    @Test
    void inMidTransfer() throws Exception {
        try (TestTarget target = TestTarget.manual();
                OpenTunnel bystander = OpenTunnel.through(gateway, target)) {
            LiveSession other = gateway.onlySession();
            OpenTunnel tunnel = OpenTunnel.through(gateway, target);
            Eventually.isTrue("two sessions", () -> gateway.live().size() == 2);
            LiveSession session = gateway.live().all().stream()
                    .filter(each -> each != other)
                    .findFirst()
                    .orElseThrow();
            threads.execute(() -> flood(tunnel));
            assertThat(Octets.digest(tunnel.far().getInputStream(), 4 * MIB)).isEqualTo(Octets.digest(4 * MIB));
            Eventually.isTrue(
                    "the count shows what moves while it moves",
                    () -> session.bytes().up() >= 4 * MIB);
            assertThat(session.bytes().down()).isZero();
            assertThat(session.dialled()).isEqualTo(target.address());
            assertThat(session.rule()).isEqualTo("all");
            assertThat(session.state()).isEqualTo(LiveSession.State.OPEN);

            session.end(EndReason.KILLED);

            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.KILLED);
            assertThat(record.bytesUp()).isEqualTo(session.bytes().up()).isGreaterThanOrEqualTo(4 * MIB);
            assertThatThrownBy(() -> tunnel.far().getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .as("a part of a transfer that ends like a whole one")
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
            tunnel.close();
            assertThat(gateway.live().all()).containsExactly(other);
            bystander.client().send("01");
            assertThat(bystander.far().getInputStream().read()).isOne();
        }
    }

    private static void flood(OpenTunnel tunnel) {
        try {
            Octets.send(tunnel.near().getOutputStream(), Long.MAX_VALUE - MIB);
        } catch (IOException over) {
            // killed
        }
    }

    @Test
    void whileTheReaderStalls() throws Exception {
        try (TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            assertThat(Octets.fill(tunnel.near())).isPositive();
            gateway.onlySession().end(EndReason.REVOKED);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.REVOKED);
            tunnel.client().expectReset();
        }
    }

    @Test
    void whileTheTargetIsDialled() throws Exception {
        try (Blackhole target = Blackhole.open();
                SocksClient client = gateway.client()) {
            client.greet().connectTo(target.address());
            LiveSession session = gateway.onlySession();
            assertThat(session.state()).isEqualTo(LiveSession.State.OPENING);
            session.end(EndReason.KILLED);
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.KILLED);
            assertThat(record.replyCode()).isEqualTo(SessionRecord.NO_REPLY);
            client.expectReset();
            assertThat(gateway.live().size()).isZero();
        }
    }

    @Test
    void whileABindWaits() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound =
                    client.greet().send("05 02 00 01 00 00 00 00 00 00").expectSuccess();
            gateway.onlySession().end(EndReason.KILLED);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.KILLED);
            client.expectReset();
            Eventually.isTrue("nobody listens", () -> refused(bound));
        }
    }

    private static boolean refused(InetSocketAddress address) throws IOException {
        try {
            BindIT.peer("7f000001", address).close();
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Two that kill, and the end that comes by itself: there is one ending. */
    @Test
    void killedTwiceAndAfterItsEnd() throws Exception {
        try (TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            LiveSession session = gateway.onlySession();
            session.end(EndReason.KILLED);
            session.end(EndReason.REVOKED);
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.KILLED);
            tunnel.client().expectReset();
            session.end(EndReason.KILLED);
            try (OpenTunnel next = OpenTunnel.through(gateway, target)) {
                next.client().finish();
                next.far().close();
                assertThat(gateway.nextRecord().id())
                        .isNotEqualTo(session.info().id());
            }
            assertThat(gateway.records()).isEmpty();
        }
    }
}
