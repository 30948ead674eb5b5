package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.net.PausableReads;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Descriptors;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.LoopCpu;
import io.socksgateway.testkit.LoopTurns;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TcpTable;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels of clients in TLS: octets whole and in order, ends as ends, a stalled reader at a fixed price. */
class TlsTunnelIT {

    private static final TestCa CA = TestCa.create();
    private static final int MIB = 1 << 20;
    /** More than the kernel's buffers take, and much more than the small ones. */
    private static final long BULK = 3 * MIB;

    private static final int SMALL = 16_384;
    /** A receive buffer of records, and one that is not complete. */
    private static final long MOST_HELD = PausableReads.MAX_READ + 17_000L;
    /** TLS adds to what lies in the kernel's buffers: at most 22 octets for each of 16 KiB, and the first records. */
    private static final long OVERHEAD = 16_384;

    private static final int QUIET_MILLIS = 300;
    private static final int MOST_CPU_MILLIS = 75;

    private final CoreGateway gateway =
            CoreGateway.setup().tls(CA.listener()).sendBuffers(SMALL).start();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestTarget target;
    private SocksClient client;
    private Socket far;

    @BeforeEach
    void listen() throws Exception {
        target = TestTarget.on(InetAddress.getLoopbackAddress(), null, SMALL);
        client = SocksClient.connect(gateway.address(), SMALL);
        far = new Socket();
    }

    private void open(String... versions) throws Exception {
        client = client.startTls(CA.client(), versions).tunnelTo(target.address());
        far = target.accept();
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        client.raw().close();
        target.close();
        gateway.close();
    }

    private Future<String> receive(Socket socket, long length) {
        return threads.submit(() -> Octets.digest(socket.getInputStream(), length));
    }

    @CanIgnoreReturnValue
    private Future<Void> send(Socket socket, long length) {
        return threads.submit(() -> {
            Octets.send(socket.getOutputStream(), length);
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bulkBothWays(String version) throws Exception {
        open(version);
        Future<String> up = receive(far, BULK);
        Future<String> down = receive(client.socket(), BULK);
        send(client.socket(), BULK);
        send(far, BULK);
        assertThat(up.get(120, TimeUnit.SECONDS)).isEqualTo(Octets.digest(BULK));
        assertThat(down.get(120, TimeUnit.SECONDS)).isEqualTo(Octets.digest(BULK));
        client.close();
        assertThat(far.getInputStream().read()).isEqualTo(-1);
        far.close();
        SessionRecord record = gateway.nextRecord();
        assertThat(record.bytesUp()).isEqualTo(BULK);
        assertThat(record.bytesDown()).isEqualTo(BULK);
        assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    @Test
    void theClientEndsFirstAndIsStillAnswered() throws Exception {
        open();
        endsFirst(client.socket(), far, EndReason.CLIENT_CLOSED);
    }

    @Test
    void theTargetEndsFirstAndIsStillSentTo() throws Exception {
        open();
        endsFirst(far, client.socket(), EndReason.TARGET_CLOSED);
    }

    private void endsFirst(Socket first, Socket second, EndReason reason) throws Exception {
        Future<Void> sent = send(first, BULK);
        Future<String> received = receive(second, BULK);
        sent.get(120, TimeUnit.SECONDS);
        first.shutdownOutput();
        assertThat(received.get(120, TimeUnit.SECONDS)).isEqualTo(Octets.digest(BULK));
        assertThat(second.getInputStream().read()).isEqualTo(-1);
        Future<String> answer = receive(first, BULK);
        send(second, BULK).get(120, TimeUnit.SECONDS);
        second.shutdownOutput();
        assertThat(answer.get(120, TimeUnit.SECONDS)).isEqualTo(Octets.digest(BULK));
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        assertThat(gateway.nextRecord().reason()).isEqualTo(reason);
    }

    /** TLS 1.2 knows no half of an end: the target hears it behind all data, and what it still sends has no way. */
    @Test
    void inTls12AClientThatEndsIsGone() throws Exception {
        open("TLSv1.2");
        Future<String> received = receive(far, BULK);
        send(client.socket(), BULK).get(120, TimeUnit.SECONDS);
        client.finish();
        assertThat(received.get(120, TimeUnit.SECONDS)).isEqualTo(Octets.digest(BULK));
        assertThat(far.getInputStream().read()).isEqualTo(-1);
        far.getOutputStream().write(1);
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        Eventually.isTrue("the target is reset", () -> TcpState.of(far).equals(TcpState.GONE));
    }

    @Test
    void inTls12BothEndInOrder() throws Exception {
        open("TLSv1.2");
        client.finish();
        assertThat(far.getInputStream().read()).isEqualTo(-1);
        far.shutdownOutput();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        client.expectEnd();
    }

    /** Somebody else could have sent it. */
    @Test
    void aFinWithoutCloseNotifyIsAResetToTheTarget() throws Exception {
        open();
        client.send("01");
        assertThat(far.getInputStream().read()).isEqualTo(1);
        client.raw().shutdownOutput();
        assertReset(far);
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    @Test
    void aResetOfTheClientReachesTheTarget() throws Exception {
        open();
        client.reset();
        assertReset(far);
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    @Test
    void aResetOfTheTargetReachesTheClient() throws Exception {
        open();
        far.setSoLinger(true, 0);
        far.close();
        client.expectReset();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TARGET_CLOSED);
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void theClientStalls() throws Exception {
        open();
        AtomicLong sent = new AtomicLong(Octets.fill(far));
        assertHeldQuietly(far, sent, client.raw());
        far.shutdownOutput();
        assertHeldQuietly(far, sent, client.raw());
        assertIntact(client.socket(), sent.get());
    }

    @Test
    void theTargetStalls() throws Exception {
        open();
        AtomicLong sent = sendWithoutEnd(client.socket());
        assertHeldQuietly(client.raw(), sent, far);
        long all = sent.get();
        assertThat(receive(far, all).get(120, TimeUnit.SECONDS)).isEqualTo(Octets.digest(all));
    }

    /** Its close_notify and FIN wait in the gateway's kernel, which reports them again and again if it is let. */
    @Test
    void theTargetStallsAndTheClientLeaves() throws Exception {
        open();
        AtomicLong sent = sendUntilTheGatewayPauses();
        client.finish();
        Eventually.isTrue(
                "the FIN is there", () -> TcpState.ofPeer(client.raw()).state() == TcpState.CLOSE_WAIT);
        assertHeldQuietly(client.raw(), sent, far);
        assertIntact(far, sent.get());
        far.getOutputStream().write(7);
        client.expect("07");
    }

    @Test
    void bothHaveEndedAndTheTargetStalls() throws Exception {
        open();
        AtomicLong sent = sendUntilTheGatewayPauses();
        client.finish();
        far.shutdownOutput();
        client.expectEnd();
        assertThat(LoopTurns.settled(gateway.vertx(), () -> TcpState.of(far).unread()))
                .isPositive();
        assertQuiet();
        assertIntact(far, sent.get());
        assertThat(gateway.nextRecord().bytesUp()).isEqualTo(sent.get());
    }

    /** A client that has said its end and sends on: to nobody. */
    @Test
    void whatFollowsTheEndIsNotKept() throws Exception {
        SSLSocketFactory factory = CA.client().getSocketFactory();
        SSLSocket tls = (SSLSocket) factory.createSocket(client.raw(), "localhost", 1, false);
        tls.getOutputStream().write(new byte[] {5, 1, 0});
        assertThat(tls.getInputStream().readNBytes(2)).containsExactly(5, 0);
        tls.getOutputStream().write(Hex.bytes(SocksClient.connectRequest(target.address())));
        assertThat(tls.getInputStream().readNBytes(10)).startsWith(5, 0);
        far = target.accept();
        tls.shutdownOutput(); // a close_notify alone
        assertThat(far.getInputStream().read()).isEqualTo(-1);
        Octets.send(client.raw().getOutputStream(), BULK);
        far.getOutputStream().write(7);
        assertThat(tls.getInputStream().read()).isEqualTo(7);
        far.close();
        assertThat(tls.getInputStream().read()).isEqualTo(-1);
        SessionRecord record = gateway.nextRecord();
        assertThat(record.bytesUp()).isZero();
        assertThat(record.bytesDown()).isEqualTo(1);
    }

    @Test
    void noSocketIsLeftBehind() throws Exception {
        open();
        client.close();
        far.close();
        assertThat(gateway.nextRecord().replyCode()).isZero();
        int before = Descriptors.open();
        for (int i = 0; i < 10; i++) {
            client = gateway.client();
            open();
            if (i % 2 == 0) {
                client.close();
                far.close();
            } else {
                far.close();
                client.expectEnd().close();
            }
            assertThat(gateway.nextRecord().replyCode()).isZero();
        }
        assertThat(Descriptors.settled(before)).isLessThanOrEqualTo(before);
    }

    /** Sends the stream, which soon stops; what is counted has been taken, but for the part that is on its way. */
    private AtomicLong sendWithoutEnd(Socket from) throws Exception {
        AtomicLong sent = new AtomicLong();
        Future<?> sending = threads.submit(() -> {
            OutputStream out = from.getOutputStream();
            while (true) {
                out.write(Octets.part(sent.getAndAdd(SMALL), SMALL));
            }
        });
        Eventually.isTrue("something is sent", () -> sent.get() > 0);
        LoopTurns.settled(gateway.vertx(), sent::get);
        assertThat(sending.isDone()).isFalse();
        return sent;
    }

    /** Sends little by little until the gateway leaves some of it in its kernel, which has room for more. */
    private AtomicLong sendUntilTheGatewayPauses() throws Exception {
        AtomicLong sent = new AtomicLong();
        do {
            client.send(Octets.part(sent.get(), SMALL));
            sent.addAndGet(SMALL);
        } while (!LoopTurns.remains(
                gateway.vertx(), () -> TcpState.ofPeer(client.raw()).unread() > 0));
        Eventually.isTrue(
                "the gateway's kernel has it all",
                () -> TcpState.of(client.raw()).unacknowledged() == 0);
        return sent;
    }

    /** Counts octets before TLS in one place and behind it in others, so not quite exactly. */
    private void assertHeldQuietly(Socket from, AtomicLong sent, Socket to) throws Exception {
        long held = LoopTurns.settled(gateway.vertx(), () -> OpenTunnel.held(TcpTable.read(), from, sent.get(), to));
        assertThat(held).isBetween(-OVERHEAD, MOST_HELD + OVERHEAD);
        assertQuiet();
    }

    private void assertQuiet() throws InterruptedException {
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
