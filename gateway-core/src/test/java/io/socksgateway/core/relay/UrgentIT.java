package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
            assertThat(received.poll(10, TimeUnit.SECONDS)).asString().isEqualTo("ab!cd");
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
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(2 * BULK + 2);
        }
    }

    private static int count(Socket socket) throws java.io.IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.size();
    }
}
