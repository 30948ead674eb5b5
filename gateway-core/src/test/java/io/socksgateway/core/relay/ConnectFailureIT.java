package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.Blackhole;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.Stopwatch;
import io.socksgateway.testkit.TestTarget;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every cause has its reply, and the reply arrives. */
class ConnectFailureIT {

    private static final long CONNECT = 400;
    private static final String NAMED = "05 01 00 03 " + Hex.counted("target.example") + " 0050";

    private static CoreGateway.Setup setup() {
        return CoreGateway.setup()
                .timeouts(Limits.standard().withConnect(CONNECT).config());
    }

    private static CoreGateway.Setup resolving(InetSocketAddress... addresses) {
        return setup().names(
                        (loop, name, port) -> ImmediateEventExecutor.INSTANCE.newSucceededFuture(List.of(addresses)));
    }

    @CanIgnoreReturnValue
    private static SessionRecord assertFails(CoreGateway.Setup setup, String request, String code) throws Exception {
        try (CoreGateway gateway = setup.start();
                SocksClient client = gateway.client()) {
            client.greet()
                    .send(request)
                    .expect("05 " + code + " 00 01 00000000 0000")
                    .expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.replyCode()).isEqualTo(Integer.parseInt(code, 16));
            return record;
        }
    }

    @Test
    void noAnswerIs06WithinTheTimeout() throws Exception {
        try (Blackhole hole = Blackhole.open()) {
            Stopwatch watch = Stopwatch.start();
            SessionRecord record = assertFails(setup(), SocksClient.connectRequest(hole.address()), "06");
            assertThat(record.reason()).isEqualTo(EndReason.TIMEOUT);
            assertThat(record.durationMillis()).isGreaterThanOrEqualTo(CONNECT);
            assertThat(record.durationMillis() - watch.paused()).isLessThan(CONNECT + 3_000);
        }
    }

    @Test
    void noAnswerIs5bInSocks4() throws Exception {
        try (Blackhole hole = Blackhole.open();
                CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            client.send("04 01 %04x 7f000001 00".formatted(hole.address().getPort()))
                    .expect("00 5b 0000 00000000")
                    .expectEnd();
            assertThat(gateway.nextRecord().replyCode()).isEqualTo(0x5B);
        }
    }

    @Test
    void aNameThatDoesNotResolveIs04() throws Exception {
        CoreGateway.Setup failing = setup().names((loop, name, port) ->
                ImmediateEventExecutor.INSTANCE.newFailedFuture(new UnknownHostException(name)));
        SessionRecord record = assertFails(failing, NAMED, "04");
        assertThat(record.reason()).isEqualTo(EndReason.REFUSED);
        assertThat(record.requested()).hasToString("target.example:80");
        assertThat(record.dialled()).isNull();
    }

    @Test
    void aNameWithoutAddressesIs04() throws Exception {
        assertFails(resolving(), NAMED, "04");
    }

    @Test
    void aNameThatNobodyAnswersForIs06() throws Exception {
        CoreGateway.Setup silent = setup().names((loop, name, port) -> ImmediateEventExecutor.INSTANCE.newPromise());
        assertFails(silent, NAMED, "06");
    }

    @Test
    void aRefusedPortIs05() throws Exception {
        InetSocketAddress gone = ClosedPort.address();
        SessionRecord record = assertFails(setup(), SocksClient.connectRequest(gone), "05");
        assertThat(record.reason()).isEqualTo(EndReason.REFUSED);
        assertThat(record.dialled()).isEqualTo(gone);
    }

    /** No packet leaves: the kernel connects nobody to a group. */
    @Test
    void anUnreachableNetworkIs03() throws Exception {
        assertFails(setup(), "05 01 00 01 e0000001 0050", "03");
    }

    @Test
    void theMostTellingFailureIsSaid() throws Exception {
        InetSocketAddress group = new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, 1}), 80);
        assertFails(resolving(group, ClosedPort.address()), NAMED, "05");
        assertFails(resolving(ClosedPort.address(), group), NAMED, "05");
    }

    /** A close with unread input would be a reset, and take the reply away. */
    @Test
    void theReplyArrivesBehindMuchEarlyData() throws Exception {
        byte[] request = Hex.bytes("05 01 00" + SocksClient.connectRequest(ClosedPort.address()));
        byte[] all = new byte[request.length + 100 * 1_024];
        System.arraycopy(request, 0, all, 0, request.length);
        for (int i = 0; i < 20; i++) {
            try (CoreGateway gateway = setup().start();
                    SocksClient client = gateway.client()) {
                client.send(all)
                        .expect("05 00 05 05 00 01 00000000 0000")
                        .expectEnd()
                        .finish();
                assertThat(gateway.nextRecord().bytesUp()).isZero();
            }
        }
    }

    @Test
    void ipv6TargetsAreAnsweredWithAnIpv6Address() throws Exception {
        InetAddress loopback = Addresses.parse("::1").orElseThrow();
        assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 loopback");
        try (TestTarget target = TestTarget.on(loopback, null, 0);
                CoreGateway gateway = setup().start();
                SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().connectTo(target.address()).expectSuccess();
            assertThat(bound.getAddress()).isInstanceOf(Inet6Address.class);
            assertThat(bound.getPort()).isEqualTo(target.accept().getPort());
        }
    }
}
