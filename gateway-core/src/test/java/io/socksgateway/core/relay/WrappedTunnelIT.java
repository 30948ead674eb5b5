package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.GssClient;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.LoopCpu;
import io.socksgateway.testkit.LoopTurns;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TcpTable;
import io.socksgateway.testkit.TestTarget;
import io.socksgateway.testkit.WrappedSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wrap their messages: what they alone can do, in a tunnel and before there is one. */
class WrappedTunnelIT {

    private static final int SMALL = 16_384;
    private static final int QUIET_MILLIS = 300;
    private static final int MOST_CPU_MILLIS = 75;
    /** A receive buffer, and a message that is not complete. */
    private static final long MOST_HELD = 2 * PausableReads.MAX_READ;
    /** What messages add to the octets in the kernel's buffers: 13 octets for each of 32 KiB. */
    private static final long SLACK = 16_384;

    private final CoreGateway gateway =
            CoreGateway.setup().wrapping().sendBuffers(SMALL).start();
    private TestTarget target;

    @BeforeEach
    void listen() throws Exception {
        target = TestTarget.on(InetAddress.getLoopbackAddress(), null, SMALL);
    }

    @AfterEach
    void stop() throws Exception {
        target.close();
        gateway.close();
    }

    private static WrappedSocket wrapped(OpenTunnel tunnel) {
        return (WrappedSocket) tunnel.near();
    }

    @ParameterizedTest
    @EnumSource(names = {"INTEGRITY", "CONFIDENTIALITY", "SELECTIVE"})
    void eachLevel(Protection level) throws Exception {
        Socket raw = SocksClient.connect(gateway.address()).socket();
        try (SocksClient client =
                SocksClient.of(GssClient.greet(raw, GssClient.toy()).establish().wrap(level))) {
            client.tunnelTo(target.address()).send("01");
            Socket far = target.accept();
            assertThat(far.getInputStream().read()).isOne();
            far.getOutputStream().write(2);
            client.expect("02");
            far.close();
            client.expectEnd();
        }
        SessionRecord record = gateway.nextRecord();
        assertThat(record.user()).isEqualTo("toy");
        assertThat(record.bytesUp()).isOne();
        assertThat(record.bytesDown()).isOne();
    }

    @Test
    void withoutProtectionNothingIsWrapped() throws Exception {
        Socket raw = SocksClient.connect(gateway.address()).socket();
        assertThat(GssClient.greet(raw, GssClient.toy()).establish().ask(Protection.NONE))
                .isEqualTo(Protection.NONE);
        try (SocksClient client = SocksClient.of(raw)) {
            client.tunnelTo(target.address()).send("01");
            assertThat(target.accept().getInputStream().read()).isOne();
        }
    }

    @Test
    void anythingAtOnce() throws Exception {
        WrappedSocket socket = (WrappedSocket) gateway.client().socket();
        byte[] request = Hex.bytes(SocksClient.connectRequest(target.address()) + "61 62");
        for (int i = 0; i < request.length; i++) {
            byte[] message = socket.wrapped(request, i, 1);
            socket.raw().getOutputStream().write(message, 0, 3);
            socket.raw().getOutputStream().write(message, 3, message.length - 3);
        }
        SocksClient client = SocksClient.of(socket);
        client.expectSuccess();
        assertThat(target.accept().getInputStream().readNBytes(2)).containsExactly('a', 'b');
        client.close();
    }

    @Test
    void aRefusalIsWrappedToo() throws Exception {
        try (SocksClient client = gateway.client()) {
            client.send("05 09 00 01 7f000001 0050")
                    .expect("05 07 00 01 00000000 0000")
                    .expectEnd();
        }
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "01 01", "01 02 00 01 00", "01 03 00 00", "01 03 00 09 000000000000000000"})
    void anythingElseThanAMessageEndsTheTunnel(String hex) throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            wrapped(tunnel).raw().getOutputStream().write(Hex.bytes(hex));
            assertAborted(tunnel);
        }
    }

    @Test
    void aMessageThatIsThereTwiceEndsIt() throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            byte[] message = wrapped(tunnel).wrapped(new byte[] {1}, 0, 1);
            wrapped(tunnel).raw().getOutputStream().write(message);
            assertThat(tunnel.far().getInputStream().read()).isOne();
            wrapped(tunnel).raw().getOutputStream().write(message);
            assertAborted(tunnel);
        }
    }

    @Test
    void aMessageThatIsMissingEndsIt() throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            byte[] lost = wrapped(tunnel).wrapped(new byte[] {1}, 0, 1);
            assertThat(lost).isNotEmpty();
            tunnel.client().send("02");
            assertAborted(tunnel);
        }
    }

    @Test
    void aMessageThatIsNotEncryptedEndsIt() throws Exception {
        GssClient.Initiator toy = GssClient.toy();
        Socket raw = SocksClient.connect(gateway.address()).socket();
        GssClient client = GssClient.greet(raw, toy).establish();
        assertThat(client.ask(Protection.CONFIDENTIALITY)).isEqualTo(Protection.CONFIDENTIALITY);
        byte[] clear = toy.messages().wrap(Hex.bytes(SocksClient.connectRequest(target.address())), false);
        raw.getOutputStream().write(Hex.bytes("01 03 %04x".formatted(clear.length)));
        raw.getOutputStream().write(clear);
        assertThat(Hex.text(raw.getInputStream().readAllBytes())).isEqualTo("01 ff");
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.MALFORMED);
        raw.close();
    }

    @Test
    void anEndInTheMiddleOfAMessageIsNone() throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            byte[] message = wrapped(tunnel).wrapped(new byte[] {1}, 0, 1);
            wrapped(tunnel).raw().getOutputStream().write(message, 0, message.length - 1);
            wrapped(tunnel).raw().shutdownOutput();
            assertAborted(tunnel);
        }
    }

    /** The client is told, the target is reset. */
    private void assertAborted(OpenTunnel tunnel) throws Exception {
        Socket raw = wrapped(tunnel).raw();
        assertThat(Hex.text(raw.getInputStream().readAllBytes())).isEqualTo("01 ff");
        assertThatThrownBy(() -> tunnel.far().getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.MALFORMED);
    }

    @Test
    void aTargetThatStallsCostsABuffer() throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            stalls(tunnel.near(), tunnel.far());
        }
    }

    @Test
    void aClientThatStallsCostsABuffer() throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            stalls(tunnel.far(), tunnel.near());
        }
    }

    private void stalls(Socket from, Socket to) throws Exception {
        long sent = Octets.fill(from);
        assertHeldQuietly(from, sent, to);
        from.shutdownOutput();
        assertHeldQuietly(from, sent, to);
        assertThat(Octets.digest(to.getInputStream(), sent)).isEqualTo(Octets.digest(sent));
        assertThat(to.getInputStream().read()).isEqualTo(-1);
    }

    private void assertHeldQuietly(Socket from, long sent, Socket to) throws Exception {
        long held = LoopTurns.settled(gateway.vertx(), () -> OpenTunnel.held(TcpTable.read(), from, sent, to));
        assertThat(held).isBetween(-SLACK, MOST_HELD + SLACK);
        long before = LoopCpu.millis();
        assertThat(gateway.records().poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)).isNull();
        assertThat(LoopCpu.millis() - before).isLessThan(MOST_CPU_MILLIS);
    }

    /** The FIN gets as far as the gateway, behind messages that wait in its kernel and have to stay there. */
    @Test
    void aClientThatLeavesWhileTheTargetStallsIsHeardToTheEnd() throws Exception {
        try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            Socket from = tunnel.near();
            long sent = OpenTunnel.sendUntilPaused(gateway, from, 0, SMALL);
            from.shutdownOutput();
            Eventually.isTrue("the FIN is there", () -> TcpState.ofPeer(from).state() == TcpState.CLOSE_WAIT);
            assertHeldQuietly(from, sent, tunnel.far());
            assertThat(Octets.digest(tunnel.far().getInputStream(), sent)).isEqualTo(Octets.digest(sent));
            assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void bothRepliesOfBindAreWrapped() throws Exception {
        try (SocksClient client = gateway.client()) {
            var bound = client.send("05 02 00 01 00 00 00 00 00 00").expectSuccess();
            try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), bound.getPort())) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
                peer.getOutputStream().write(7);
                client.expect("07");
            }
        }
    }
}
