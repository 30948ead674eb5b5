package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes in comes out, whole and in order. */
@ParameterizedClass
@EnumSource(RelayPath.class)
class TransferIT {

    private static final int MIB = 1 << 20;
    private static final long BULK = 32 * MIB;

    private final CoreGateway gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TransferIT(RelayPath path) {
        gateway = path.setup().start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        gateway.close();
    }

    @Test
    void bulkBothWaysInThreeTunnelsAtOnce() throws Exception {
        String expected = Octets.digest(BULK);
        List<Future<String>> digests = new ArrayList<>();
        List<OpenTunnel> tunnels = new ArrayList<>();
        try (TestTarget target = TestTarget.manual()) {
            for (int i = 0; i < 3; i++) {
                OpenTunnel tunnel = OpenTunnel.through(gateway, target);
                tunnels.add(tunnel);
                digests.add(receive(tunnel.far()));
                digests.add(receive(tunnel.near()));
                send(tunnel.near());
                send(tunnel.far());
            }
            for (Future<String> digest : digests) {
                assertThat(digest.get(180, TimeUnit.SECONDS)).isEqualTo(expected);
            }
            for (OpenTunnel tunnel : tunnels) {
                tunnel.close();
                SessionRecord record = gateway.nextRecord();
                assertThat(record.bytesUp()).isEqualTo(BULK);
                assertThat(record.bytesDown()).isEqualTo(BULK);
            }
        }
    }

    private Future<String> receive(Socket socket) {
        return threads.submit(() -> Octets.digest(socket.getInputStream(), BULK));
    }

    private void send(Socket socket) {
        threads.execute(() -> {
            try {
                Octets.send(socket.getOutputStream(), BULK);
            } catch (IOException e) {
                // the receiver tells what is missing
            }
        });
    }

    @Test
    void earlyDataOfAMebibyteInTheRequestsSegment() throws Exception {
        try (TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            byte[] request = Hex.bytes(SocksClient.connectRequest(target.address()));
            client.greet();
            byte[] all = new byte[request.length + MIB];
            System.arraycopy(request, 0, all, 0, request.length);
            System.arraycopy(Octets.part(0, MIB), 0, all, request.length, MIB);
            Future<SocksClient> sent = threads.submit(() -> client.send(all).finish());
            Socket peer = target.accept();
            assertThat(Octets.digest(peer.getInputStream(), MIB)).isEqualTo(Octets.digest(MIB));
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            peer.close();
            assertThat(sent.get(180, TimeUnit.SECONDS)).isSameAs(client);
            client.expectSuccess();
            client.expectEnd();
            assertThat(gateway.nextRecord().bytesUp()).isEqualTo(MIB);
        }
    }

    @Test
    void aTargetThatSpeaksFirstIsHeardBehindTheReply() throws Exception {
        byte[] banner = Octets.part(0, 1_000);
        try (TestTarget target = TestTarget.serving(connection -> {
                    connection.getOutputStream().write(banner);
                    connection.getInputStream().transferTo(connection.getOutputStream());
                });
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address());
            assertThat(client.read(1_000)).isEqualTo(banner);
            client.send("01").expect("01");
        }
    }

    @Test
    void aTargetThatSpeaksAndLeavesAtOnceIsHeard() throws Exception {
        try (TestTarget target = TestTarget.serving(
                        connection -> connection.getOutputStream().write(new byte[] {1, 2, 3}));
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address()).expect("01 02 03").expectEnd().finish();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TARGET_CLOSED);
        }
    }

    @Test
    void smallMessagesGoThroughOneByOne() throws Exception {
        try (TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address());
            for (int i = 0; i < 500; i++) {
                String octet = "%02x".formatted(i & 0xFF);
                client.send(octet).expect(octet);
            }
        }
    }

    @Test
    void theReplyTellsTheLocalAddressOfTheConnection() throws Exception {
        try (TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().connectTo(target.address()).expectSuccess();
            assertThat(target.accept().getRemoteSocketAddress()).isEqualTo(bound);
        }
    }
}
