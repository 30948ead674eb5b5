package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example behind a balancer with the balancer itself: two nodes, one of which is drained. */
class HaproxyIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final TestCa CA = TestCa.create();

    @TempDir
    private Path folder;

    private final List<PackagedGateway> nodes = new ArrayList<>();
    private TestTarget target;
    private Balancer balancer;
    private int plain;
    private int tls;

    @BeforeEach
    void start() throws Exception {
        Balancer.assumeInstalled();
        target = TestTarget.echo();
        Example.users(folder, PASSWORD, "alice:staff");
        Files.writeString(folder.resolve("secrets/admin-token"), "0123456789abcdef0123456789abcdef");
        TestCa.write(Files.createDirectories(folder.resolve("tls")), "gateway", CA.issue());
        List<Integer> ports = FreePorts.take(4);
        plain = ports.get(2);
        tls = ports.get(3);
        // a check may take its time here, only its answer counts
        Example config = Example.of("balanced/haproxy.cfg")
                .replacing("timeout check 2s", "timeout check 20s")
                .replacing("bind :1080", "bind 127.0.0.1:" + plain)
                .replacing("bind :1443", "bind 127.0.0.1:" + tls);
        for (int node = 0; node < 2; node++) {
            nodes.add(launch(ports.get(node)));
        }
        for (int node = 0; node < 2; node++) {
            PackagedGateway gateway = nodes.get(node).awaitReady();
            int admin = ports.get(node);
            config.replacing("10.0.0.1" + (node + 1) + ":1080", at(gateway, "plain", admin))
                    .replacing("10.0.0.1" + (node + 1) + ":1443", at(gateway, "tls", admin));
        }
        balancer = Balancer.start(config.in(folder), folder);
    }

    private static String at(PackagedGateway gateway, String listener, int admin) {
        return "127.0.0.1:" + gateway.listener(listener).getPort() + " port " + admin;
    }

    private PackagedGateway launch(int admin) throws IOException {
        Path config = Example.of("balanced/gateway.json")
                .replacing("10.0.0.11\", \"port\": 9090", "127.0.0.1\", \"port\": " + admin)
                .replacing("\"host\": \"10.0.0.11\", \"port\": \\d+", "\"host\": \"127.0.0.1\", \"port\": 0")
                .replacing("198.51.100.0/24", "127.0.0.0/8")
                .replacing("\"to\": \"\\*\"", "\"to\": \"127.0.0.0/8\"")
                .port(443, target.port())
                .in(folder);
        Path own = Files.move(config, folder.resolve(admin + ".json"));
        return PackagedGateway.launch("--config", own.toString()).keeping(PASSWORD);
    }

    @AfterEach
    void stop() throws IOException {
        if (balancer != null) {
            balancer.close();
        }
        PackagedGateway.close(nodes);
        if (target != null) {
            target.close();
        }
    }

    private static SocksClient connect(int port) throws IOException {
        return SocksClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private SocksClient tunnel(SocksClient client) throws IOException {
        client.send("05 01 02 01" + Hex.counted("alice") + Hex.counted(PASSWORD))
                .expect("05 02 01 00")
                .connectTo(target.address())
                .expectSuccess();
        return client.send("CA FE").expect("CA FE");
    }

    private boolean serves() {
        try (SocksClient client = connect(plain)) {
            tunnel(client);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    /** On which node it is, as its access line will say. */
    private PackagedGateway nodeOf(SocksClient client) {
        String address = "\"client\":\"127.0.0.1:" + client.raw().getLocalPort() + "\"";
        PackagedGateway[] found = new PackagedGateway[1];
        Await.until("an access line of " + address, () -> nodes.stream()
                .filter(node -> node.out().text().contains(address))
                .peek(node -> found[0] = node)
                .findAny()
                .isPresent());
        return found[0];
    }

    @Test
    void clientsKeepTheirAddressesAndANodeThatDrainsGetsNothingNew() throws Exception {
        Await.until("the balancer has found the nodes", this::serves);
        try (SocksClient client = connect(tls).startTls(CA.client())) {
            tunnel(client).finish().expectEnd();
            assertThat(nodeOf(client)).isNotNull();
        }

        List<SocksClient> open = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            open.add(tunnel(connect(plain)));
        }
        PackagedGateway leaving = nodes.get(0);
        leaving.terminate();
        leaving.log().await("draining");
        for (int i = 0; i < 20; i++) {
            open.add(tunnel(connect(plain)));
        }
        for (SocksClient client : open) {
            client.send("BE EF").expect("BE EF").finish().expectEnd();
        }

        assertThat(leaving.awaitExit()).isZero();
        List<PackagedGateway> served = open.stream().map(this::nodeOf).toList();
        assertThat(served.subList(0, 8)).containsAll(nodes);
        assertThat(served.subList(8, 28)).containsOnly(nodes.get(1));
        assertThat(Stream.concat(nodes.get(0).out().all().stream(), nodes.get(1).out().all().stream()))
                .noneMatch(line -> line.contains("\"reason\":\"denied\""));
        for (SocksClient client : open) {
            client.close();
        }
    }
}
