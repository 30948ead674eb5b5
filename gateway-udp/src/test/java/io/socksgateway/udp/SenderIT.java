package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose datagrams are relayed, in either direction. */
class SenderIT {

    private final UdpGateway gateway = UdpGateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anotherAddressIsDroppedBeforeAndAfterTheFirstGenuineDatagram() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer foreigner = new UdpPeer("127.0.0.2", 0);
                UdpClient client = gateway.associate()) {
            String datagram = UdpClient.header(target.address()) + "62 61 64";
            foreigner.send(client.relay(), datagram);
            client.ping(target, "first");
            foreigner.send(client.relay(), datagram);
            client.ping(target, "second");
            assertThat(gateway.drops(Drop.FOREIGN)).isEqualTo(2);
        }
    }

    /** Behind a balancer, the connection comes from there and the datagrams from the client itself. */
    @Test
    void theClientOfABalancerIsTheOneItTells() throws Exception {
        try (UdpGateway behind = new UdpGateway.Setup().proxyProtocol().start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer client = new UdpPeer("127.0.0.2", 0);
                UdpPeer balancer = UdpPeer.v4();
                SocksClient control = behind.client()) {
            control.send(Hex.ascii("PROXY TCP4 127.0.0.2 127.0.0.1 1 2\r\n")).greet();
            InetSocketAddress relay = control.send("05 03 00 01 00000000 0000").expectSuccess();
            balancer.send(relay, UdpClient.header(target.address()) + "62 61 64");
            client.send(relay, UdpClient.header(target.address()) + "68 69");
            assertThat(target.receiveText()).isEqualTo("hi");
            target.answer("ho");
            assertThat(Hex.text(client.receive()))
                    .isEqualTo(Hex.text(Hex.bytes(UdpClient.header(target.address()) + "68 6f")));
            assertThat(behind.drops(Drop.FOREIGN)).isEqualTo(1);
        }
    }

    /** The way to the balancer may be of the other family, or one that clients cannot take. */
    @Test
    void behindABalancerTheRelaySocketFacesTheClient() throws Exception {
        try (UdpGateway behind = new UdpGateway.Setup().proxyProtocol().start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer client = UdpPeer.v6();
                SocksClient control = behind.client()) {
            control.send(Hex.ascii("PROXY TCP6 ::1 2001:db8::1 1 2\r\n")).greet();
            InetSocketAddress relay = control.send("05 03 00 01 00000000 0000").expectSuccess();
            assertThat(relay.getAddress()).isEqualTo(client.address().getAddress());
            client.send(relay, UdpClient.header(target.address()) + "68 69");
            assertThat(target.receiveText()).isEqualTo("hi");
        }
    }

    @Test
    void theFirstPortOfTheClientStays() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer sibling = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.ping(target, "first");
            sibling.send(client.relay(), UdpClient.header(target.address()) + "62 61 64");
            client.ping(target, "second");
            assertThat(gateway.drops(Drop.FOREIGN)).isEqualTo(1);
        }
    }

    @Test
    void aMalformedDatagramDoesNotFixThePort() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer sibling = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            sibling.send(client.relay(), "0000 00 09 00");
            sibling.send(client.relay(), "");
            client.ping(target, "first");
        }
    }

    /** DST.ADDR may be nothing, the client's own, one that cannot be true, or a name: the port counts all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 00 00 00 00",
                "01 7f 00 00 01",
                "01 c6 33 64 07",
                "04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
                "03 04 68 6f 73 74",
                "03 01 30",
                "03 00",
                "03 03 61 00 62",
                "03 05 31 32 37 2e 31",
            })
    void aStatedPortIsTheOnlyOneFromTheBeginning(String stated) throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer sibling = UdpPeer.v4();
                UdpClient client = UdpClient.request(gateway, "05 03 00" + stated, -1)) {
            sibling.send(client.relay(), UdpClient.header(target.address()) + "62 61 64");
            client.ping(target, "first");
            assertThat(gateway.drops(Drop.FOREIGN)).isEqualTo(1);
        }
    }

    @Test
    void aStatedAddressIsNotTrusted() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer foreigner = new UdpPeer("127.0.0.2", 0);
                UdpClient client = UdpClient.request(gateway, "05 03 00 01 7f 00 00 02", 0)) {
            foreigner.send(client.relay(), UdpClient.header(target.address()) + "62 61 64");
            client.ping(target, "first");
            assertThat(gateway.drops(Drop.FOREIGN)).isEqualTo(1);
        }
    }

    @Test
    void strangersDoNotReachTheClient() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer stranger = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.sendText(target.address(), "hello");
            assertThat(target.receiveText()).isEqualTo("hello");
            stranger.send(target.lastSender(), "62 61 64");
            client.ping(target, "second");
            assertThat(gateway.drops(Drop.STRANGER)).isEqualTo(1);
            client.ping(stranger, "now it is none");
        }
    }

    @Test
    void aSettingOpensItToAnySender() throws Exception {
        try (UdpGateway open = new UdpGateway.Setup().anySender().start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer stranger = UdpPeer.v4();
                UdpClient client = open.associate()) {
            client.sendText(target.address(), "hello");
            assertThat(target.receiveText()).isEqualTo("hello");
            stranger.send(target.lastSender(), "68 69");
            client.expect(stranger.address(), "hi");
        }
    }

    /** As if the client sent to it: a stranger's address and port are what a rule's {@code to} and {@code ports} mean. */
    @Test
    void anySenderIsOneThatTheClientMaySendTo() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpPeer allowed = UdpPeer.v4();
                UdpPeer denied = UdpPeer.v4();
                UdpPeer internal = new UdpPeer("127.0.0.2", 0);
                UdpGateway open = new UdpGateway.Setup()
                        .anySender()
                        .rules(
                                RulesIT.rule("not that", false, "@internal", denied.port()),
                                RulesIT.rule("this", true, "127.0.0.1", null),
                                RulesIT.rule("public", true, "*", null))
                        .start();
                UdpClient client = open.associate()) {
            client.sendText(target.address(), "hello");
            assertThat(target.receiveText()).isEqualTo("hello");
            denied.send(target.lastSender(), "62 61 64");
            internal.send(target.lastSender(), "62 61 64");
            allowed.send(target.lastSender(), "68 69");
            client.expect(allowed.address(), "hi");
            assertThat(open.drops(Drop.DENIED)).isEqualTo(2);
        }
    }

    @Test
    void oneAssociationCannotUseTheRelayOfAnother() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpClient first = gateway.associate();
                UdpClient second = gateway.associate()) {
            second.ping(target, "mine");
            InetSocketAddress own = first.relay();
            first.relay(second.relay());
            first.sendText(target.address(), "bad");
            first.relay(own);
            first.ping(target, "first");
            second.ping(target, "second");
        }
    }
}
