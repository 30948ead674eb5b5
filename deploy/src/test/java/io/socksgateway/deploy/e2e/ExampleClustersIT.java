package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example configurations of several nodes run in packaged gateways and do what their descriptions promise. */
class ExampleClustersIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final String REFUSED = "05 02 00 01 00 00 00 00 00 00";

    private final List<PackagedGateway> nodes = new ArrayList<>();
    private final List<SocksClient> open = new ArrayList<>();

    @TempDir
    private Path folder;

    private TestTarget target;

    @BeforeEach
    void start() throws IOException {
        target = TestTarget.echo();
    }

    @AfterEach
    void stop() throws IOException {
        for (SocksClient client : open) {
            client.close();
        }
        target.close();
        PackagedGateway.close(nodes);
    }

    private void launch(Path configuration) throws IOException {
        nodes.add(PackagedGateway.launch("--config", configuration.toString())
                .keeping(PASSWORD)
                .expectingLosses());
    }

    /** Opens sessions on one node after the other, and keeps them. */
    private void fill(int sessions, String user, String password) throws IOException {
        for (int session = 0; session < sessions; session++) {
            SocksClient client = login(nodes.get(session % nodes.size()), user, password);
            open.add(client);
            client.connectTo(target.address()).expectSuccess();
        }
    }

    private void assertRefusedEverywhere(String user, String password, String quota) throws IOException {
        for (PackagedGateway node : nodes) {
            try (SocksClient client = login(node, user, password)) {
                client.connectTo(target.address()).expect(REFUSED);
                JsonObject line = node.session(client.socket());
                assertThat(line.getString("reason")).isEqualTo("quota");
                assertThat(line.getString("quota")).isEqualTo(quota);
            }
        }
    }

    private static SocksClient login(PackagedGateway node, String user, String password) throws IOException {
        return node.client("public").login(user, password);
    }

    @Test
    void twoNodes() throws Exception {
        List<Integer> ports = FreePorts.take(2);
        for (int node = 1; node <= 2; node++) {
            Path own = Files.createDirectories(folder.resolve("edge-" + node));
            Files.writeString(own.resolve("admin-token"), "0123456789abcdef0123456789abcdef");
            launch(Example.of("two-nodes/node-" + node + ".json")
                    .replacing("\"port\": 108\\d", "\"port\": 0")
                    .replacing("\"port\": 909\\d", "\"port\": 0")
                    .replacing("5701", Integer.toString(ports.get(0)))
                    .replacing("5702", Integer.toString(ports.get(1)))
                    .replacing(
                            "\"quotas\":", "\"rules\": [{\"action\": \"allow\", \"to\": \"127.0.0.0/8\"}], \"quotas\":")
                    .in(own));
        }
        PackagedGateway.awaitTogether(nodes);

        fill(2, "alice", "secret");

        assertRefusedEverywhere("alice", "secret", "per-user");
    }

    @Test
    void cluster() throws Exception {
        Example.users(folder, PASSWORD, "alice:customers", "bob:customers");
        List<Integer> ports = FreePorts.take(3);
        for (int node = 1; node <= 3; node++) {
            launch(node(node, ports));
        }
        PackagedGateway.awaitTogether(nodes);

        fill(50, "alice", PASSWORD);

        assertRefusedEverywhere("alice", PASSWORD, "per-user");
        try (SocksClient bob = login(nodes.get(0), "bob", PASSWORD)) {
            bob.connectTo(target.address()).expectSuccess();
            bob.send("CA FE").expect("CA FE");
        }
    }

    /** The folder of a node, as its description says. */
    private Path node(int node, List<Integer> ports) throws IOException {
        Path own = Files.createDirectories(folder.resolve("edge-" + node));
        Example.of("cluster/10-common.json")
                .onLoopback()
                .replacing("\"to\": \"\\*\"", "\"to\": \"127.0.0.0/8\"")
                .replacing("\"port\": 5701", "\"port\": " + ports.get(node - 1))
                .replacing("\"port\": 9090", "\"port\": 0")
                .replacing("\"10\\.0\\.0\\.1\"", "\"127.0.0.1:" + ports.get(0) + "\"")
                .replacing("\"10\\.0\\.0\\.2\"", "\"127.0.0.1:" + ports.get(1) + "\"")
                .replacing("\"10\\.0\\.0\\.3\"", "\"127.0.0.1:" + ports.get(2) + "\"")
                .in(own);
        Example.of("cluster/90-edge-" + node + ".json")
                .replacing("10\\.0\\.0\\.\\d", "127.0.0.1")
                .in(own);
        Path secrets = Files.createDirectories(own.resolve("secrets"));
        Files.copy(folder.resolve("secrets/users.json"), secrets.resolve("users.json"));
        Files.writeString(secrets.resolve("admin-token"), "0123456789abcdef0123456789abcdef");
        return own;
    }
}
