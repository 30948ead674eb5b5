package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.NamePattern;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.DnsFixture;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT to names, from the client's first octet to the target's. */
class NamesIT {

    private final DnsFixture dns = DnsFixture.start();
    private @Nullable CoreGateway gateway;

    NamesIT() throws Exception {}

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        dns.close();
    }

    private SocksClient client(CoreGateway.Setup setup) throws Exception {
        gateway = setup.start();
        return gateway.client();
    }

    private CoreGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private CoreGateway.Setup setup(AddressFamily family) {
        return CoreGateway.setup().dns(family, dns.address());
    }

    private static String connect(String name, int port) {
        return "05 01 00 03" + Hex.counted(name) + Hex.port(port);
    }

    private static String connect4a(String name, int port) {
        return "04 01" + Hex.port(port) + "00 00 00 01 00" + Hex.ascii(name) + "00";
    }

    private static InetAddress address(String literal) {
        return Addresses.parse(literal).orElseThrow();
    }

    private static TestTarget echoOn(String address) throws Exception {
        return TestTarget.on(
                address(address),
                connection -> connection.getInputStream().transferTo(connection.getOutputStream()),
                0);
    }

    // RFC 3089: a client of one family and a target of the other

    @Test
    void aClientOnIpv4ReachesANameThatHasIpv6Only() throws Exception {
        dns.name("six.example", "::1");
        try (TestTarget target = echoOn("::1");
                SocksClient client = client(setup(AddressFamily.ANY))) {
            InetSocketAddress bound =
                    client.greet().send(connect("six.example", target.port())).expectSuccess();
            assertThat(bound.getAddress()).isInstanceOf(Inet6Address.class).matches(InetAddress::isLoopbackAddress);
            client.send(Hex.ascii("hello")).expect(Hex.ascii("hello")).finish().expectEnd();
            SessionRecord record = gateway().nextRecord();
            assertThat(record.requested()).hasToString("six.example:" + target.port());
            assertThat(record.dialled()).isEqualTo(target.address());
        }
    }

    @Test
    void socks4aReachesIpv6AndSaysSoWithoutAnAddress() throws Exception {
        dns.name("six.example", "::1");
        try (TestTarget target = echoOn("::1");
                SocksClient client = client(setup(AddressFamily.ANY))) {
            client.send(connect4a("six.example", target.port())).expect("00 5a");
            assertThat(Hex.text(client.read(6)).substring(6)).isEqualTo("00 00 00 00");
            client.send(Hex.ascii("hello")).expect(Hex.ascii("hello"));
        }
    }

    @Test
    void aClientOnIpv6ReachesANameThatHasIpv4Only() throws Exception {
        dns.name("four.example", "127.0.0.1");
        try (TestTarget target = echoOn("127.0.0.1");
                SocksClient client = client(setup(AddressFamily.ANY).host("::1"))) {
            assertThat(client.socket().getInetAddress()).isInstanceOf(Inet6Address.class);
            InetSocketAddress bound =
                    client.greet().send(connect("four.example", target.port())).expectSuccess();
            assertThat(bound.getAddress().getAddress()).hasSize(4);
            client.send(Hex.ascii("hello")).expect(Hex.ascii("hello"));
        }
    }

    // Several addresses

    @Test
    void whatRefusesIsPassedOver() throws Exception {
        dns.name("two.example", "::1", "127.0.0.1");
        try (TestTarget target = echoOn("127.0.0.1");
                SocksClient client = client(setup(AddressFamily.PREFER_IPV6))) {
            client.greet().send(connect("two.example", target.port())).expectSuccess();
            client.send(Hex.ascii("hello")).expect(Hex.ascii("hello"));
        }
    }

    @Test
    void theFamilyInUseDecidesWhatIsDialled() throws Exception {
        dns.name("two.example", "::1", "127.0.0.1");
        try (TestTarget target = echoOn("::1");
                SocksClient client = client(setup(AddressFamily.IPV4))) {
            client.greet().send(connect("two.example", target.port())).expect("05 05 00 01 00 00 00 00 00 00");
            assertThat(gateway().nextRecord().dialled())
                    .isEqualTo(new InetSocketAddress(address("127.0.0.1"), target.port()));
        }
    }

    // Failures

    @Test
    void aNameThatDoesNotExistIsReply04() throws Exception {
        try (SocksClient client = client(setup(AddressFamily.ANY))) {
            client.greet()
                    .send(connect("nowhere.example", 80))
                    .expect("05 04 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(gateway().nextRecord().reason()).isEqualTo(EndReason.REFUSED);
        }
    }

    @Test
    void aNameThatNoServerKnowsAnythingOfIsReply04ForAnotherReason() throws Exception {
        dns.on("broken.example", exchange -> exchange.code(DnsResponseCode.SERVFAIL)
                .send());
        try (SocksClient client = client(setup(AddressFamily.ANY))) {
            client.greet()
                    .send(connect("broken.example", 80))
                    .expect("05 04 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(gateway().nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
        }
    }

    @Test
    void aPublicNameWithAnInternalAddressIsRefused() throws Exception {
        dns.name("rebind.example", "127.0.0.1", "::1", "169.254.169.254", "64:ff9b::7f00:1");
        Rule all = new Rule(
                "all",
                true,
                Set.of(),
                Set.of(),
                List.of(),
                Set.of(),
                new Destinations(List.of(NamePattern.parse("*").orElseThrow()), List.of(), false),
                List.of());
        try (TestTarget target = TestTarget.manual();
                SocksClient client = client(setup(AddressFamily.ANY).rules(all))) {
            client.greet()
                    .send(connect("rebind.example", target.port()))
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(gateway().nextRecord().reason()).isEqualTo(EndReason.DENIED);
            assertThat(target.isUntouched()).isTrue();
        }
    }

    // Names that are none

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "[::1]", "::ffff:127.0.0.1"})
    void aLiteralGivenAsANameIsTheAddress(String literal) throws Exception {
        String address = literal.contains("127.0.0.1") ? "127.0.0.1" : "::1";
        try (TestTarget target = echoOn(address);
                SocksClient five = client(setup(AddressFamily.ANY));
                SocksClient four = gateway().client()) {
            five.greet().send(connect(literal, target.port())).expectSuccess();
            five.send(Hex.ascii("hello")).expect(Hex.ascii("hello"));
            four.send(connect4a(literal, target.port())).expect("00 5a");
            assertThat(four.read(6)).hasSize(6);
            four.send(Hex.ascii("hello")).expect(Hex.ascii("hello"));
            assertThat(dns.questions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\0.example",
                "a\r\n.example",
                "a b.example",
                "a..example",
                ".example",
                "[127.0.0.1]",
                "127.1",
                "0x7f.1"
            })
    void whatIsNoNameIsRefusedUnasked(String name) throws Exception {
        try (SocksClient client = client(setup(AddressFamily.ANY))) {
            client.greet()
                    .send(connect(name, 80))
                    .expect("05")
                    .expect("01 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(dns.questions()).isEmpty();
        }
    }

    @Test
    void aFinalDotUnderscoresAndOtherScriptsAreFine() throws Exception {
        dns.name("_a.example", "127.0.0.1").name("xn--bcher-kva.example", "127.0.0.1");
        try (TestTarget target = echoOn("127.0.0.1");
                SocksClient dotted = client(setup(AddressFamily.ANY));
                SocksClient other = gateway().client()) {
            dotted.greet().send(connect("_A.example.", target.port())).expectSuccess();
            byte[] name = "bücher.example".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            other.greet()
                    .send("05 01 00 03 %02x".formatted(name.length) + Hex.text(name) + Hex.port(target.port()))
                    .expectSuccess();
        }
    }
}
