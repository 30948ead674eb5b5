package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Command;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindIT {

    private static final String ANY = "05 02 00 01 00 00 00 00 00 00";
    private static final String FROM_LOOPBACK = "05 02 00 01 7f 00 00 01 00 15";

    private CoreGateway gateway = CoreGateway.setup().start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    static Socket peer(String from, InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(Hex.bytes(from)), 0));
        socket.connect(to, 30_000);
        return socket;
    }

    @Test
    void tellsWhereItListensAndWhoCame() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().send(FROM_LOOPBACK).expectSuccess();
            assertThat(bound.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
            try (Socket peer = peer("7f000001", bound)) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
                client.send(Hex.ascii("to peer"));
                assertThat(peer.getInputStream().readNBytes(7)).asString().isEqualTo("to peer");
                peer.getOutputStream().write("to client".getBytes(StandardCharsets.US_ASCII));
                client.expect(Hex.ascii("to client")).finish();
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
            client.expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.command()).isEqualTo("bind");
            assertThat(record.bytesUp()).isEqualTo(7);
            assertThat(record.bytesDown()).isEqualTo(9);
        }
    }

    @Test
    void hearsAPeerThatSpeaksFirstAndLeaves() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().send(ANY).expectSuccess();
            try (Socket peer = peer("7f000001", bound)) {
                peer.getOutputStream().write("220 hello".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(client.expectSuccess().getPort()).isPositive();
            assertThat(client.readToEnd()).asString().isEqualTo("220 hello");
        }
    }

    @Test
    void speaksSocks4() throws Exception {
        try (SocksClient client = gateway.client()) {
            client.send("04 02 00 15 7f 00 00 01" + Hex.ascii("me") + "00").expect("00 5a");
            byte[] told = client.read(6);
            InetSocketAddress bound = new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {told[2], told[3], told[4], told[5]}),
                    (told[0] & 0xFF) << 8 | (told[1] & 0xFF));
            try (Socket peer = peer("7f000001", bound)) {
                client.expect("00 5a" + Hex.port(peer.getLocalPort()) + "7f 00 00 01");
                peer.getOutputStream().write('x');
                client.expect(Hex.ascii("x"));
            }
        }
    }

    @Test
    void turnsAnotherPeerAwayAndGoesOnWaiting() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().send(FROM_LOOPBACK).expectSuccess();
            assertTurnedAway("7f000002", bound);
            try (Socket peer = peer("7f000001", bound)) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
            }
        }
    }

    /** The reset may come before the connection is known to be there. */
    static void assertTurnedAway(String from, InetSocketAddress bound) {
        assertThatThrownBy(() -> {
                    try (Socket socket = peer(from, bound)) {
                        assertThat(socket.getInputStream().read())
                                .as("the gateway's answer to a stranger")
                                .isEqualTo(-2);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void takesOnePeerOnly() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().send(ANY).expectSuccess();
            try (Socket peer = peer("7f000001", bound)) {
                client.expectSuccess();
                assertThatThrownBy(() -> peer("7f000001", bound).close()).isInstanceOf(ConnectException.class);
                peer.getOutputStream().write('x');
                client.expect(Hex.ascii("x"));
            }
        }
    }

    @Test
    void resolvesTheNameOfThePeer() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet()
                    .send("05 02 00 03" + Hex.counted("localhost") + "00 00")
                    .expectSuccess();
            try (Socket peer = peer("7f000001", bound)) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
            }
        }
    }

    @Test
    void sendsEarlyOctetsToThePeer() throws Exception {
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound =
                    client.greet().send(ANY + Hex.ascii("early")).expectSuccess();
            client.send(Hex.ascii(" bird"));
            try (Socket peer = peer("7f000001", bound)) {
                assertThat(peer.getInputStream().readNBytes(10)).asString().isEqualTo("early bird");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void freesThePortWhenTheClientLeaves(boolean reset) throws Exception {
        SocksClient client = gateway.client();
        InetSocketAddress bound = client.greet().send(ANY).expectSuccess();
        if (reset) {
            client.reset();
        } else {
            client.close();
        }
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        assertThatThrownBy(() -> peer("7f000001", bound).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void answersWithAFailureWhenNobodyComes() throws Exception {
        gateway.close();
        gateway = CoreGateway.setup()
                .timeouts(new TimeoutsConfig(10_000, 5_000, 10_000, 300_000, 30_000, 200, 0))
                .start();
        try (SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().send(ANY).expectSuccess();
            client.expect("05 06 00 01 00 00 00 00 00 00").expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
            assertThatThrownBy(() -> peer("7f000001", bound).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void guardsInternalPeersByDefault() throws Exception {
        gateway.close();
        gateway = CoreGateway.setup().rules().start();
        try (SocksClient client = gateway.client();
                SocksClient any = gateway.client()) {
            client.greet()
                    .send(FROM_LOOPBACK)
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
            InetSocketAddress bound = any.greet().send(ANY).expectSuccess();
            assertTurnedAway("7f000001", bound);
        }
    }

    /** These have no route for TCP anywhere. */
    @ParameterizedTest
    @ValueSource(strings = {"01 e0 00 00 09", "01 ff ff ff ff", "04 ff020000 00000000 00000000 00000009"})
    void saysThatThereIsNoWayToThePeer(String peer) throws Exception {
        try (SocksClient client = gateway.client()) {
            client.greet()
                    .send("05 02 00" + peer + "00 15")
                    .expect("05 03 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.REFUSED);
        }
    }

    @Test
    void refusesByCommand() throws Exception {
        gateway.close();
        gateway = CoreGateway.setup()
                .rules(
                        new Rule(
                                "no-bind",
                                false,
                                Set.of(),
                                Set.of(),
                                List.of(),
                                Set.of(Command.BIND),
                                Destinations.ANY,
                                List.of()),
                        new Rule(
                                "all",
                                true,
                                Set.of(),
                                Set.of(),
                                List.of(),
                                Set.of(),
                                Destinations.ANY.with("@internal").orElseThrow(),
                                List.of()))
                .start();
        try (SocksClient client = gateway.client()) {
            client.greet().send(ANY).expect("05 02 00 01 00 00 00 00 00 00").expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.DENIED);
            assertThat(record.rule()).isEqualTo("no-bind");
        }
    }
}
