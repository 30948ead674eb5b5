package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Urgent data of TCP: relayed in its place, as any other octet. */
class UrgentIT {

    private static final int BULK = 2 << 20;

    @Test
    void anUrgentOctetToTheTargetStaysInItsPlace() throws Exception {
        BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.serving(
                        socket -> received.add(socket.getInputStream().readAllBytes()));
                SocksClient client = gateway.client().tunnelTo(target.address())) {
            client.send(Hex.ascii("ab"));
            client.socket().sendUrgentData('!');
            client.send(Hex.ascii("cd")).finish();
            assertThat(received.poll(30, TimeUnit.SECONDS)).asString().isEqualTo("ab!cd");
        }
    }

    @Test
    void oneToTheClientToo() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.serving(socket -> {
                    socket.getOutputStream().write('a');
                    socket.sendUrgentData('!');
                    socket.getOutputStream().write('b');
                });
                SocksClient client = gateway.client().tunnelTo(target.address())) {
            assertThat(client.readToEnd()).asString().isEqualTo("a!b");
        }
    }

    @Test
    void andOneOfAPeerThatHasDialled() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                SocksClient client = gateway.client()) {
            InetSocketAddress bound =
                    client.greet().send("05 02 00 01 00 00 00 00 00 00").expectSuccess();
            try (Socket peer = BindIT.peer("7f000001", bound)) {
                client.expectSuccess();
                peer.getOutputStream().write('a');
                peer.sendUrgentData('!');
                peer.getOutputStream().write('b');
            }
            assertThat(client.readToEnd()).asString().isEqualTo("a!b");
        }
    }

    @Test
    void bulkDataAroundItIsComplete() throws Exception {
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.serving(socket -> received.add(count(socket)));
                SocksClient client = gateway.client().tunnelTo(target.address())) {
            byte[] bulk = new byte[BULK];
            client.send(bulk);
            client.socket().sendUrgentData('!');
            client.send(bulk);
            client.socket().sendUrgentData('!');
            client.finish();
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(2 * BULK + 2);
        }
    }

    /** The kernel ends every read in front of an urgent octet, and tells of it only once. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRAPPED")
    void nothingWaitsBehindIt(RelayPath path) throws Exception {
        try (CoreGateway gateway = path.setup().start();
                TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            for (int i = 0; i < 20; i++) {
                tunnel.near().getOutputStream().write(new byte[] {'a', 'b'});
                tunnel.near().sendUrgentData('!');
                tunnel.near().getOutputStream().write(new byte[] {'c', 'd'});
                tunnel.far().setOOBInline(true);
                assertThat(tunnel.far().getInputStream().readNBytes(5))
                        .asString()
                        .isEqualTo("ab!cd");
            }
            Thread sender = new Thread(() -> {
                try {
                    tunnel.near().getOutputStream().write(new byte[BULK]);
                    tunnel.near().sendUrgentData('!');
                    tunnel.near().getOutputStream().write(new byte[BULK]);
                } catch (java.io.IOException e) {
                    // the test sees what is missing
                }
            });
            sender.start();
            assertThat(tunnel.far().getInputStream().readNBytes(2 * BULK + 1)).hasSize(2 * BULK + 1);
            sender.join();
        }
    }

    private static int count(Socket socket) throws java.io.IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.size();
    }
}
