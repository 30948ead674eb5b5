package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.Hex;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a datagram may be, and where it may go. */
class DatagramIT {

    /** Over each family of the client's connection, to targets of both, and by each transport. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "::1, true", "127.0.0.1, false", "::1, false"})
    void everySizeArrivesWholeOverBothFamilies(String host, boolean epoll) throws Exception {
        UdpGateway.Setup setup = new UdpGateway.Setup().host(host);
        try (UdpGateway gateway = (epoll ? setup : setup.withoutEpoll()).start();
                UdpPeer four = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            assertThat(client.relay().getAddress()).isEqualTo(UdpGateway.address(host));
            Random random = new Random(1);
            for (int size : new int[] {0, 1, 512, 1_472, 2_048, 9_000, 65_507 - 22}) {
                for (UdpPeer target : List.of(four, six)) {
                    byte[] payload = new byte[size];
                    random.nextBytes(payload);
                    client.send(UdpClient.header(target.address()), payload);
                    byte[] arrived = target.receive();
                    assertThat(arrived).isEqualTo(payload);
                    target.send(target.lastSender(), arrived);
                    assertThat(Hex.text(client.receive()))
                            .isEqualTo(Hex.text(Hex.bytes(UdpClient.header(target.address()) + Hex.text(payload))));
                }
            }
        }
    }

    @Test
    void theLongestPayloadsThatFitPassAndLongerAnswersDoNoHarm() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.send(UdpClient.header(target.address()), new byte[65_507 - 10]);
            assertThat(target.receive()).hasSize(65_497);
            target.send(target.lastSender(), new byte[65_497]);
            assertThat(client.receive()).hasSize(65_507);
            target.send(target.lastSender(), new byte[65_498]); // no room for the header
            client.ping(target, "next");
            assertThat(gateway.drops(Drop.UNSENDABLE)).isEqualTo(1);
        }
    }

    @Test
    void anIpv4AddressInItsMappedFormIsThatAddress() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.sendText("0000 00 04" + "00".repeat(10) + "ffff 7f000001" + Hex.port(target.port()), "hello");
            assertThat(target.receiveText()).isEqualTo("hello");
            target.answer("yes");
            client.expect(target.address(), "yes");
        }
    }

    @Test
    void emptyDatagramsStayInTheirPlace() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(i % 3 == 0 ? "" : "n" + i);
                client.sendText(target.address(), sent.get(i));
            }
            List<String> arrived = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                arrived.add(target.receiveText());
            }
            assertThat(arrived).isEqualTo(sent);
        }
    }

    @Test
    void aBurstArrivesInOrderFromTheRightSources() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer four = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 40; i++) {
                    client.sendText((i % 2 == 0 ? four : six).address(), "n" + i);
                }
                for (UdpPeer target : List.of(four, six)) {
                    for (int i = target == four ? 0 : 1; i < 40; i += 2) {
                        assertThat(target.receiveText()).isEqualTo("n" + i);
                        target.answer("a" + i);
                    }
                    for (int i = target == four ? 0 : 1; i < 40; i += 2) {
                        client.expect(target.address(), "a" + i);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                          | nothing
                    00                          | too short
                    0000 00                     | too short
                    0000 00 01                  | too short
                    0000 00 01 7f0000           | too short
                    0000 00 01 7f000001 00      | too short
                    0001 00 01 7f000001 PORT    | a reserved octet
                    0100 00 01 7f000001 PORT    | a reserved octet
                    0000 00 01 7f000001 0000    | port 0
                    0000 00 00 7f000001 PORT    | no such type
                    0000 00 02 7f000001 PORT    | no such type
                    0000 00 ff 7f000001 PORT    | no such type
                    0000 00 03 00 PORT          | an empty name
                    0000 00 03 ff 61 PORT       | a name cut off
                    0000 00 03 03 61 00 62 PORT | NUL in a name
                    0000 00 03 03 61 20 62 PORT | a space in a name
                    0000 00 03 03 61 0d 0a PORT | a line break in a name
                    0000 00 03 04 612e2e62 PORT | an empty label
                    """)
    void whatIsMalformedIsDroppedAndEndsNothing(String hex, String why) throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.send(client.relay(), Hex.bytes(hex.replace("PORT", Hex.port(target.port()))));
            client.ping(target, "first");
            client.send(client.relay(), Hex.bytes(hex.replace("PORT", Hex.port(target.port()))));
            client.ping(target, "second");
            assertThat(gateway.drops(Drop.MALFORMED)).as(why).isEqualTo(2);
        }
    }

    @Test
    void whatCannotBeSentEndsNothing() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer deaf = UdpPeer.v4();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            InetSocketAddress gone = deaf.address();
            deaf.hearOnly(target.address());
            client.sendText(gone, "nobody is there"); // ICMP: port unreachable
            client.sendText(
                    new InetSocketAddress(UdpGateway.address("255.255.255.255"), 9), "not without asking the kernel");
            client.ping(target, "first");
            client.sendText(gone, "still nobody");
            client.ping(target, "second");
            client.control().finish().expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        }
    }

    @Test
    void randomOctetsEndNothing() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.ping(target, "first");
            Random random = new Random(3);
            for (int i = 0; i < 3_000; i++) {
                byte[] octets = new byte[random.nextInt(60)];
                random.nextBytes(octets);
                if (octets.length > 4 && random.nextBoolean()) {
                    octets[0] = octets[1] = 0;
                    octets[3] = 4; // addresses that the guard has an opinion on
                    octets[4] = (byte) 0xFF;
                }
                client.send(client.relay(), octets);
                if (i % 100 == 0) {
                    client.ping(target, "n" + i);
                }
            }
            client.ping(target, "last");
        }
    }

    @Test
    void targetsSeeTheChosenAddress() throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup().egress("127.0.0.9").start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            client.ping(target, "hello");
            assertThat(target.lastSender().getAddress()).isEqualTo(UdpGateway.address("127.0.0.9"));
            client.ping(six, "hello");
        }
    }

    @Test
    void whoHasAnAddressOfItsOwnIsSeenUnderNoOther() throws Exception {
        UdpGateway.Setup setup = new UdpGateway.Setup().egress("127.0.0.9", "::1");
        setup.core
                .auth("userpass")
                .authenticator(request -> Future.succeededFuture(new AuthOutcome.Accepted(new Identity(
                        "alice", Set.of(), null, UdpGateway.address("127.0.0.10"), Identity.NEVER, "partner"))));
        try (UdpGateway gateway = setup.start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = UdpClient.login(gateway)) {
            client.sendText(six.address(), "lost");
            client.ping(target, "hello");
            assertThat(target.lastSender().getAddress()).isEqualTo(UdpGateway.address("127.0.0.10"));
            assertThat(gateway.drops(Drop.BACKLOG)).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatCannotBeBoundIsNoEnd() throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup().egress("192.0.2.1").start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            client.sendText(target.address(), "lost");
            client.ping(six, "hello");
            assertThat(gateway.drops(Drop.BACKLOG)).isEqualTo(1);
        }
    }
}
