package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.tcp.CapacityLimits;
import io.socksgateway.testkit.Descriptors;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an association. */
class UdpAssociationIT {

    @Test
    void relaysBothWaysAndSaysSoInTheLog() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            assertThat(client.relay().getAddress()).isEqualTo(gateway.address().getAddress());
            client.ping(target, "hello");
            client.ping(target, "again");
            assertThat(target.lastSender().getPort())
                    .as("targets do not see the port of the client's side")
                    .isNotEqualTo(client.relay().getPort());

            client.control().finish().expectEnd();

            SessionRecord record = gateway.nextRecord();
            assertThat(record.command()).isEqualTo("udp");
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            assertThat(record.replyCode()).isZero();
            assertThat(record.bytesUp()).isEqualTo(10);
            assertThat(record.bytesDown()).isEqualTo(10);
            assertThat(record.dialled()).isEqualTo(target.address());
            assertThat(record.rule()).isEqualTo("all");
            assertThat(record.requested()).hasToString("0.0.0.0:0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "rst", "idle", "chatter"})
    void theEndFreesThePort(String how) throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup()
                        .idle(how.equals("idle") ? 300 : 60_000)
                        .start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            if (how.equals("idle")) {
                client.sendText(target.address(), "perhaps too late already");
            } else {
                client.ping(target, "hello");
            }
            switch (how) {
                case "fin" -> client.control().finish().expectEnd();
                case "rst" -> client.control().reset();
                case "idle" -> client.control().expectEnd();
                default -> sendUntilClosed(client.control());
            }

            EndReason expected =
                    switch (how) {
                        case "idle" -> EndReason.IDLE;
                        case "chatter" -> EndReason.MALFORMED;
                        default -> EndReason.CLIENT_CLOSED;
                    };
            assertThat(gateway.nextRecord().reason()).isEqualTo(expected);
            new UdpPeer("127.0.0.1", client.relay().getPort()).close(); // it can be bound again
        }
    }

    /** As many descriptors as the node counts for it; the test itself has two more. */
    @Test
    void takesFourDescriptorsAndGivesThemBack() throws Exception {
        UdpGateway.Setup setup = new UdpGateway.Setup();
        setup.core.capacity(new CapacityLimits(9, Long.MAX_VALUE, 9, 4, 9, 0));
        try (UdpGateway gateway = setup.start();
                UdpPeer v4 = UdpPeer.v4();
                UdpPeer v6 = UdpPeer.v6()) {
            try (UdpClient first = gateway.associate()) { // the JDK keeps some for its first sockets
                first.ping(v4, "hello");
                first.ping(v6, "hello");
            }
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            int before = Eventually.settled(200, Descriptors::open);
            try (UdpClient client = gateway.associate();
                    SocksClient refused = gateway.client()) {
                refused.greet()
                        .send("05 03 00 01 00000000 0000")
                        .expect("05 01 00 01 00000000 0000")
                        .expectEnd()
                        .close();
                assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.FULL);
                client.ping(v4, "hello");
                client.ping(v6, "hello");
                assertThat(Descriptors.settled(before + 6)).isEqualTo(before + 6);
            }
            assertThat(Descriptors.settled(before)).isLessThanOrEqualTo(before);
        }
    }

    private static void sendUntilClosed(SocksClient control) {
        byte[] chatter = new byte[64 * 1024];
        try {
            for (int i = 0; i < 10_000; i++) {
                control.send(chatter);
            }
        } catch (IOException e) {
            return;
        }
        throw new AssertionError("625 MB of nothing were taken");
    }

    @Test
    void datagramsKeepItAliveAndItsConnectionMaySayThings() throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup().idle(600).start()) {
            // one that the machine keeps from sending anything for that long ends, rightly
            Eventually.isTrue("one is kept alive", () -> isKeptAlive(gateway));
        }
    }

    private static boolean isKeptAlive(UdpGateway gateway) throws IOException {
        try (UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            target.timeout(600);
            client.timeout(600);
            long until = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
            while (System.nanoTime() < until) {
                client.ping(target, "x");
            }
            client.control().send("00 01 02");
            client.ping(target, "y");
            return true;
        } catch (SocketTimeoutException ended) {
            return false;
        }
    }

    @Test
    void whatIsSentBehindTheRequestIsDropped() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                SocksClient early = gateway.client()) {
            early.send("05 01 00 05 03 00 01 00 00 00 00 00 00 de ad be ef").expect("05 00");
            early.expectSuccess();
            try (UdpClient client = gateway.associate()) {
                client.ping(target, "hello");
            }
            early.finish().expectEnd();
        }
    }

    @Test
    void aPortOfTheRangeIsTakenUntilNoneIsLeft() throws Exception {
        int port = FreePorts.take(1).get(0);
        try (UdpGateway gateway = new UdpGateway.Setup().ports(port, port).start()) {
            try (UdpClient first = gateway.associate();
                    SocksClient second = gateway.client()) {
                assertThat(first.relay().getPort()).isEqualTo(port);
                second.greet().send("05 03 00 01 00 00 00 00 00 00");
                second.expect("05 01 00 01 00 00 00 00 00 00").expectEnd();
                assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.ERROR);
            }
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            try (UdpClient next = gateway.associate()) {
                assertThat(next.relay().getPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void theAdvertisedAddressIsToldIfItsFamilyFits() throws Exception {
        try (UdpGateway gateway =
                        new UdpGateway.Setup().advertise("203.0.113.7").start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            assertThat(client.relay().getAddress()).isEqualTo(UdpGateway.address("203.0.113.7"));
            client.relay(new InetSocketAddress(
                    UdpGateway.address("127.0.0.1"), client.relay().getPort()));
            client.ping(target, "hello");
        }
        try (UdpGateway gateway = new UdpGateway.Setup()
                        .host("::1")
                        .advertise("203.0.113.7")
                        .start();
                UdpClient client = gateway.associate()) {
            assertThat(client.relay().getAddress()).isEqualTo(UdpGateway.address("::1"));
        }
    }

    @Test
    void stoppingTheGatewayEndsIt() throws Exception {
        UdpGateway gateway = UdpGateway.start();
        try (UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.ping(target, "hello");
            gateway.close();
            client.control().expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.DRAINED);
        }
    }

    @Test
    void aThousandAssociationsLeaveNothingBehind() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6()) {
            try (UdpClient first = gateway.associate()) {
                first.ping(target, "warm");
                first.ping(six, "warm");
            }
            assertThat(gateway.nextRecord()).isNotNull();
            long before = settled(gateway, sockets());
            for (int round = 0; round < 10; round++) {
                List<UdpClient> clients = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    UdpClient client = gateway.associate();
                    clients.add(client);
                    client.ping(i % 2 == 0 ? target : six, "x");
                }
                for (UdpClient client : clients) {
                    client.close();
                }
                for (int i = 0; i < 100; i++) {
                    assertThat(gateway.nextRecord().bytesDown()).isEqualTo(1);
                }
            }
            assertThat(settled(gateway, before)).isLessThanOrEqualTo(before);
        }
    }

    /** The number of sockets once it is down to what is expected, or after 30 seconds. */
    private static long settled(UdpGateway gateway, long expected) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        long now = sockets();
        while (now > expected && System.nanoTime() < until) {
            gateway.core().vertx().timer(10).await();
            now = sockets();
        }
        return now;
    }

    private static long sockets() throws IOException {
        long count = 0;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
                try {
                    count += Files.readSymbolicLink(descriptor).toString().startsWith("socket:") ? 1 : 0;
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return count;
    }

    @Test
    void aPortInUseIsNotTaken() throws Exception {
        try (UdpPeer foreign = UdpPeer.v4();
                UdpGateway gateway = new UdpGateway.Setup()
                        .ports(foreign.port(), foreign.port())
                        .start();
                SocksClient client = gateway.client()) {
            client.greet()
                    .send("05 03 00 01 00 00 00 00 00 00")
                    .expect("05 01 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> new UdpPeer("127.0.0.1", foreign.port()).close()))
                    .isInstanceOf(BindException.class);
        }
    }
}
