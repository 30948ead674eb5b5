package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.PortRange;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Command;
import io.socksgateway.testkit.SocksClient;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules and the guard of internal addresses, on every datagram. */
class RulesIT {

    @Test
    void withoutRulesInternalAddressesAreGuarded() throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup().rules().start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            gateway.names().put("in.test", "127.0.0.1");
            client.sendText(target.address(), "literal");
            client.sendText(target.address(), "literal, with the verdict that is remembered");
            client.sendText(six.address(), "literal");
            client.sendText("0000 00 04" + "00".repeat(10) + "ffff 7f000001" + port(target), "mapped");
            client.sendText("0000 00 04 0064 ff9b" + "00".repeat(8) + "7f000001" + port(target), "NAT64");
            client.sendText(UdpClient.header("in.test", target.port()), "a name");
            client.sendText(UdpClient.header("127.0.0.1", target.port()), "a literal as a name");
            client.send(client.relay(), "00"); // to be waited for, behind the others
            gateway.awaitDrop(Drop.MALFORMED);
            assertThat(gateway.drops(Drop.DENIED)).isEqualTo(7);
            client.control().finish().expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.bytesUp()).isZero();
            assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        }
    }

    @Test
    void theFirstRuleThatMatchesDecidesForEachDestination() throws Exception {
        try (UdpPeer open = UdpPeer.v4();
                UdpPeer shut = UdpPeer.v4();
                UdpGateway gateway = new UdpGateway.Setup()
                        .rules(rule("shut", false, "@internal", shut.port()), rule("open", true, "@internal", null))
                        .start();
                UdpClient client = gateway.associate()) {
            client.sendText(shut.address(), "bad");
            client.ping(open, "good");
            client.sendText(shut.address(), "bad");
            client.ping(open, "good");
            assertThat(gateway.drops(Drop.DENIED)).isEqualTo(2);
            client.control().finish().expectEnd();
            assertThat(gateway.nextRecord().rule()).isEqualTo("open");
        }
    }

    @Test
    void theFirstAllowedAddressOfANameIsUsedAndADeniedNameIsNotLookedUp() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpGateway gateway = new UdpGateway.Setup()
                        .rules(
                                rule("bad", false, "bad.test", null),
                                rule("ten", false, "10.0.0.0/8", null),
                                rule("loopback", true, "127.0.0.0/8", null))
                        .start();
                UdpClient client = gateway.associate()) {
            gateway.names().put("some.test", "10.1.1.1", "::1", "127.0.0.1");
            client.sendText(UdpClient.header("bad.test", target.port()), "no");
            client.sendText(UdpClient.header("some.test", target.port()), "yes");
            assertThat(target.receiveText()).isEqualTo("yes");
            assertThat(gateway.names().asked()).isEqualTo(1);
            assertThat(gateway.drops(Drop.DENIED)).isEqualTo(1);
        }
    }

    @Test
    void whatIsAllowedByNameIsNotAllowedByAddress() throws Exception {
        Destinations internalName = new Destinations(
                Destinations.none().with("good.test").orElseThrow().names(), List.of(), false);
        Rule byName = rule("name", true, internalName, null);
        try (UdpPeer target = UdpPeer.v4();
                UdpGateway gateway = new UdpGateway.Setup().rules(byName).start();
                UdpClient client = gateway.associate()) {
            gateway.names().put("good.test", "127.0.0.1");
            client.sendText(target.address(), "no rule for the address");
            client.sendText(UdpClient.header("good.test", target.port()), "the name does not name internal addresses");
            client.send(client.relay(), "00");
            gateway.awaitDrop(Drop.MALFORMED);
            assertThat(gateway.drops(Drop.DENIED)).isEqualTo(2);
        }
    }

    @Test
    void whoMayNeverSendIsToldAtOnce() throws Exception {
        Rule connectOnly = new Rule(
                "web",
                true,
                Set.of(),
                Set.of(),
                List.of(),
                Set.of(Command.CONNECT),
                Destinations.ANY,
                List.of(PortRange.parse("443").orElseThrow()));
        try (UdpGateway gateway = new UdpGateway.Setup().rules(connectOnly).start();
                SocksClient client = gateway.client()) {
            client.greet()
                    .send("05 03 00 01 00 00 00 00 00 00")
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.DENIED);
        }
    }

    @Test
    void otherRulesHoldForTheNextDatagramOfEitherSide() throws Exception {
        try (UdpPeer open = UdpPeer.v4();
                UdpPeer shut = UdpPeer.v4();
                UdpGateway gateway = UdpGateway.start();
                UdpClient client = gateway.associate()) {
            gateway.names().put("shut.test", "127.0.0.1");
            client.ping(open, "before");
            client.ping(shut, "before");
            client.sendText(UdpClient.header("shut.test", shut.port()), "by name");
            assertThat(shut.receiveText()).isEqualTo("by name");

            gateway.core()
                    .replaceRules(rule("shut", false, "@internal", shut.port()), rule("open", true, "@internal", null));
            shut.answer("unwanted");
            client.sendText(shut.address(), "denied");
            client.sendText(UdpClient.header("shut.test", shut.port()), "denied");
            client.ping(open, "after");
            assertThat(gateway.drops(Drop.DENIED)).isEqualTo(2);
            assertThat(gateway.drops(Drop.STRANGER)).isEqualTo(1);
        }
    }

    static Rule rule(String id, boolean allow, String to, @Nullable Integer port) {
        return rule(id, allow, Destinations.none().with(to).orElseThrow(), port);
    }

    private static Rule rule(String id, boolean allow, Destinations to, @Nullable Integer port) {
        return new Rule(
                id,
                allow,
                Set.of(),
                Set.of(),
                List.of(),
                Set.of(),
                to,
                port == null ? List.of() : List.of(new PortRange(port, port)));
    }

    private static String port(UdpPeer peer) {
        return io.socksgateway.testkit.Hex.port(peer.port());
    }
}
