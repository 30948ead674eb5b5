package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example configuration runs in the packaged gateway and does what its description promises. */
class ExamplesIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final String REFUSED = "05 02 00 01 00 00 00 00 00 00";

    @TempDir
    private static Path folder;

    private static TestTarget target;
    private static TestTarget other;

    @BeforeAll
    static void start() throws Exception {
        target = TestTarget.echo();
        other = TestTarget.echo();
        Example.users(folder, PASSWORD, "alice:admins", "bob:staff", "oscar:ops", "dora:dba");
    }

    @AfterAll
    static void stop() throws IOException {
        target.close();
        other.close();
    }

    private static PackagedGateway run(Example example) throws IOException {
        return PackagedGateway.launch("--config", example.in(folder).toString())
                .awaitReady()
                .keeping(PASSWORD);
    }

    private static SocksClient login(PackagedGateway gateway, String listener, String user) throws IOException {
        return login(gateway.client(listener), user);
    }

    private static SocksClient login(SocksClient client, String user) throws IOException {
        return client.login(user, PASSWORD);
    }

    private static void assertEchoes(SocksClient tunnel) throws IOException {
        tunnel.send("CA FE").expect("CA FE");
    }

    /** What is let through also arrives. */
    private static void assertServed(SocksClient client, InetSocketAddress to) throws IOException {
        try (client) {
            client.connectTo(to).expectSuccess();
            assertEchoes(client);
        }
    }

    private static void assertRefused(PackagedGateway gateway, SocksClient client, InetSocketAddress to, String rule)
            throws IOException {
        try (client) {
            client.connectTo(to).expect(REFUSED).expectEnd();
            JsonObject line = gateway.session(client.socket());
            assertThat(line.getString("reason")).isEqualTo("denied");
            assertThat(line.getString("rule")).isEqualTo(rule);
            assertThat(line.getString("dialled")).isNull();
        }
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(Addresses.parse(address).orElseThrow(), port);
    }

    @Test
    void workstation() throws Exception {
        try (PackagedGateway gateway = run(Example.of("workstation.json").onLoopback())) {
            assertThat(gateway.listener("local").getAddress().isLoopbackAddress())
                    .isTrue();
            assertServed(gateway.client("local").greet(), target.address());
            try (SocksClient socks4a = gateway.client("local")) {
                socks4a.send("04 01" + Hex.port(target.port()) + "00 00 00 01 00" + Hex.ascii("localhost") + "00");
                assertThat(Arrays.copyOf(socks4a.read(8), 2)).containsExactly(0, 90);
                assertEchoes(socks4a);
            }
            assertRefused(gateway, gateway.client("local").greet(), at("10.0.0.1", 443), null);
        }
    }

    @Test
    void teamEgress() throws Exception {
        Example example = Example.of("team-egress.json")
                .onLoopback()
                .replacing("10\\.20\\.0\\.0/16", "127.0.0.0/8")
                .port(443, target.port())
                .port(587, other.port());
        try (PackagedGateway gateway = run(example)) {
            gateway.client("office").send("05 01 00").expect("05 FF").expectEnd();
            gateway.client("office")
                    .send("05 01 02")
                    .expect("05 02")
                    .send("01" + Hex.counted("alice") + Hex.counted("wrong"))
                    .expect("01 01")
                    .expectEnd();

            assertServed(login(gateway, "office", "alice"), target.address());
            assertRefused(gateway, login(gateway, "office", "bob"), target.address(), null);
            assertRefused(gateway, login(gateway, "office", "alice"), other.address(), "no-mail");
            try (SocksClient client = login(gateway, "office", "bob")) {
                client.send("05 01 00 03" + Hex.counted("www.pastebin.com") + Hex.port(443))
                        .expect(REFUSED);
                assertThat(gateway.session(client.socket()).getString("rule")).isEqualTo("no-paste-sites");
            }
            try (SocksClient client = login(gateway, "office", "bob")) {
                client.send("05 03 00 01 00 00 00 00 00 00").expect(REFUSED);
            }
        }
    }

    @Test
    void jumpHost() throws Exception {
        Example example = Example.of("jump-host.json")
                .onLoopback()
                .replacing("10\\.[23]0\\.0\\.0/16", "127.0.0.0/8")
                .port(22, target.port())
                .port(5432, other.port());
        try (PackagedGateway gateway = run(example)) {
            assertServed(login(gateway, "vpn", "oscar"), target.address());
            assertServed(login(gateway, "vpn", "oscar"), other.address());
            assertServed(login(gateway, "vpn", "dora"), other.address());
            assertRefused(gateway, login(gateway, "vpn", "dora"), target.address(), null);
            assertRefused(gateway, login(gateway, "vpn", "alice"), other.address(), null);
        }
    }

    /** A call through a NAT: the peer's other port answers. */
    @Test
    void realtimeUdp() throws Exception {
        Example example = Example.of("realtime-udp.json")
                .onLoopback()
                .replacing("\"commands\": \"udp\", \"to\": \"\\*\"", "\"commands\": \"udp\", \"to\": \"127.0.0.0/8\"")
                .replacing("203\\.0\\.113\\.7", "127.0.0.1");
        InetAddress loopback = target.address().getAddress();
        try (PackagedGateway gateway = run(example);
                SocksClient control = login(gateway, "players", "alice");
                DatagramSocket client = new DatagramSocket(0, loopback);
                DatagramSocket peer = new DatagramSocket(0, loopback);
                DatagramSocket third = new DatagramSocket(0, loopback)) {
            InetSocketAddress relay =
                    control.send("05 03 00 01 00 00 00 00 00 00").expectSuccess();
            assertThat(relay.getAddress()).isEqualTo(loopback);
            assertThat(relay.getPort()).isBetween(40_000, 40_999);

            byte[] hello = Hex.bytes("0000 00 01 7F 00 00 01" + Hex.port(peer.getLocalPort()) + Hex.ascii("hello"));
            client.send(new DatagramPacket(hello, hello.length, relay));
            DatagramPacket arrived = receive(peer);
            assertThat(text(arrived, 0)).isEqualTo("hello");
            byte[] answer = "here".getBytes(StandardCharsets.US_ASCII);
            third.send(new DatagramPacket(answer, answer.length, arrived.getSocketAddress()));
            DatagramPacket answered = receive(client);
            assertThat(text(answered, 10)).isEqualTo("here");
            assertThat(Hex.text(Arrays.copyOf(answered.getData(), 10)))
                    .isEqualTo(Hex.text(Hex.bytes("0000 00 01 7F 00 00 01" + Hex.port(third.getLocalPort()))));
            try (SocksClient bind = login(gateway, "players", "alice")) {
                bind.send("05 02 00 01 7F 00 00 01 00 00").expect(REFUSED);
            }
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout(10_000);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet, int from) {
        return new String(packet.getData(), from, packet.getLength() - from, StandardCharsets.US_ASCII);
    }

    /** What a balancer does, done by hand: the addresses of the header count, on either listener. */
    @Test
    void balanced() throws Exception {
        TestCa ca = TestCa.create();
        TestCa.write(Files.createDirectories(folder.resolve("tls")), "gateway", ca.issue());
        Files.writeString(folder.resolve("secrets/admin-token"), "0123456789abcdef0123456789abcdef");
        Example example = Example.of("balanced/gateway.json")
                .replacing("\"host\": \"10.0.0.11\", \"port\": \\d+", "\"host\": \"127.0.0.1\", \"port\": 0")
                .replacing("\"to\": \"\\*\"", "\"to\": \"127.0.0.0/8\"")
                .port(443, target.port());
        try (PackagedGateway gateway = run(example)) {
            for (String client : List.of("198.51.100.7", "192.0.2.7")) {
                SocksClient plain = fromBalancer(gateway, "plain", client);
                assertBranch(gateway, login(plain, "alice"), client);
                SocksClient tls = fromBalancer(gateway, "tls", client).startTls(ca.client());
                assertBranch(gateway, login(tls, "alice"), client);
            }
            try (SocksClient nobody = gateway.client("plain")) {
                nobody.send("05 01 02 00 00 00 00 00 00 00 00 00 00 00").readToEnd();
            }
        }
    }

    private static SocksClient fromBalancer(PackagedGateway gateway, String listener, String client)
            throws IOException {
        String header = "PROXY TCP4 " + client + " 10.0.0.11 4711 1080\r\n";
        return gateway.client(listener).send(header.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertBranch(PackagedGateway gateway, SocksClient client, String address) throws IOException {
        try (client) {
            client.connectTo(target.address());
            boolean isBranch = address.startsWith("198.51.100.");
            if (isBranch) {
                client.expectSuccess();
                assertEchoes(client);
                client.finish().expectEnd();
            } else {
                client.expect(REFUSED).expectEnd();
            }
            JsonObject line = gateway.session(address + ":4711");
            assertThat(line.getString("rule")).isEqualTo(isBranch ? "branches" : null);
            assertThat(line.getString("user")).isEqualTo("alice");
        }
    }
}
