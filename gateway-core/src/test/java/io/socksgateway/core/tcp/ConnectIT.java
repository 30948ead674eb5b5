package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectIT {

    private final CoreGateway gateway = CoreGateway.setup().start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void relaysBothWaysAndTellsTheAddressItDialsFrom() throws Exception {
        try (TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().connectTo(target.address()).expectSuccess();
            Socket peer = target.accept();
            assertThat(peer.getRemoteSocketAddress()).isEqualTo(bound);
            client.send("01 02 03");
            assertThat(peer.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            peer.getOutputStream().write(new byte[] {4, 5});
            client.expect("04 05").finish();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            peer.close();
            client.expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            assertThat(record.bytesUp()).isEqualTo(3);
            assertThat(record.bytesDown()).isEqualTo(2);
            assertThat(record.replyCode()).isZero();
            assertThat(record.dialled()).isEqualTo(target.address());
        }
    }

    @Test
    void takesEverythingInOneSegment() throws Exception {
        try (TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 01 00" + SocksClient.connectRequest(target.address()) + Hex.ascii("early"))
                    .finish()
                    .expect("05 00")
                    .expectSuccess();
            assertThat(client.readToEnd()).asString().isEqualTo("early");
        }
    }

    @Test
    void takesOctetByOctet() throws Exception {
        try (TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.sendSlowly("05 02 01 00").expect("05 00");
            client.sendSlowly(SocksClient.connectRequest(target.address())).expectSuccess();
            client.send(Hex.ascii("x")).expect(Hex.ascii("x"));
        }
    }

    @Test
    void socks4And4a() throws Exception {
        try (TestTarget target = TestTarget.echo();
                SocksClient four = gateway.client();
                SocksClient fourA = gateway.client()) {
            four.send("04 01" + Hex.port(target.port()) + "7f 00 00 01" + Hex.ascii("me") + "00")
                    .expect("00 5a");
            four.read(6);
            four.send(Hex.ascii("x")).expect(Hex.ascii("x"));
            fourA.send("04 01" + Hex.port(target.port()) + "00 00 00 07 00" + Hex.ascii("localhost") + "00")
                    .expect("00 5a");
            fourA.read(6);
            fourA.send(Hex.ascii("y")).expect(Hex.ascii("y"));
        }
    }

    @Test
    void refusedPortIsReply05() throws Exception {
        InetSocketAddress gone = ClosedPort.address();
        try (SocksClient client = gateway.client()) {
            client.greet()
                    .connectTo(gone)
                    .expect("05 05 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.REFUSED);
        }
    }
}
