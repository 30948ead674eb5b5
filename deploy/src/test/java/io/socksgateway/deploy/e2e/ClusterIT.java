package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that start at the same time, and ten sessions for a user over all of them. */
class ClusterIT {

    private static final int NODES = 3;
    private static final int LIMIT = 10;
    private static final String PASSWORD = "right-horse-7311";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<PackagedGateway> nodes = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private TestTarget target;

    /** Says hello, and counts a tunnel until it is asked to end it: before the gateway can know that it ends. */
    private void observe(Socket connection) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        connection.getOutputStream().write('!');
        int asked = connection.getInputStream().read();
        open.decrementAndGet();
        connection.getOutputStream().write(asked);
    }

    @BeforeEach
    void start() throws IOException {
        target = TestTarget.serving(this::observe);
        List<Integer> ports = FreePorts.take(NODES);
        for (int port : ports) {
            nodes.add(PackagedGateway.launchWith(folder, configuration(nodes.size(), port, ports))
                    .keeping(PASSWORD)
                    .expectingLosses());
        }
        PackagedGateway.awaitTogether(nodes);
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
        PackagedGateway.close(nodes);
    }

    /** One cluster for all of it: joining takes the most time. */
    @Test
    void theLimitHoldsOverAllNodesWhateverHappens() throws Exception {
        tenOverAllNodesAndTheEleventhNowhere();
        raceAndStay();
        raceAndLeave();
        theShareOfAKilledNodeIsFreeAgain();
        for (PackagedGateway node : nodes.subList(0, 2)) {
            node.terminate();
        }
        for (PackagedGateway node : nodes.subList(0, 2)) {
            assertThat(node.awaitExit()).isZero();
        }
    }

    private void tenOverAllNodesAndTheEleventhNowhere() throws Exception {
        List<SocksClient> clients = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            SocksClient client = tunnel(nodes.get(i % NODES));
            assertThat(client).as("session %d", i + 1).isNotNull();
            clients.add(client);
        }
        for (PackagedGateway node : nodes) {
            try (SocksClient eleventh = request(node)) {
                eleventh.expect("05 02 00 01 00 00 00 00 00 00").expectEnd();
                assertThat(node.session(eleventh.socket()).encode())
                        .contains("\"reason\":\"quota\"", "\"quota\":\"ten\"", "\"reply\":2");
            }
        }
        assertThat(open).hasValue(LIMIT);
        for (SocksClient client : clients) {
            leave(client);
        }
    }

    /** Whoever is let in stays until all have their answer. */
    private void raceAndStay() throws Exception {
        Await.until("all of the limit is free", () -> canOpen(LIMIT));
        mostOpen.set(0);
        List<SocksClient> in = Crowd.run(200, i -> () -> tunnel(nodes.get(i % NODES))).stream()
                .filter(client -> client != null)
                .toList();

        assertThat(in).hasSize(LIMIT);
        assertThat(mostOpen).hasValue(LIMIT);
        for (SocksClient client : in) {
            leave(client);
        }
    }

    /** Sessions come and go while others ask. */
    private void raceAndLeave() throws Exception {
        mostOpen.set(0);
        List<Boolean> served = Crowd.run(200, i -> () -> {
            SocksClient client = tunnel(nodes.get(i % NODES));
            if (client != null) {
                leave(client);
            }
            return client != null;
        });

        assertThat(served).contains(true);
        assertThat(mostOpen).hasValueBetween(1, LIMIT);
        Await.until("all is free again", () -> canOpen(LIMIT));
    }

    private void theShareOfAKilledNodeIsFreeAgain() throws Exception {
        List<SocksClient> staying = new ArrayList<>();
        List<SocksClient> dying = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            awaitTunnel(nodes.get(i < 4 ? 2 : i % 2), i < 4 ? dying : staying);
        }
        nodes.get(2).kill();
        while (staying.size() < LIMIT) {
            awaitTunnel(nodes.get(staying.size() % 2), staying);
        }

        assertThat(tunnel(nodes.get(0))).isNull();
        assertThat(tunnel(nodes.get(1))).isNull();
        for (SocksClient client : staying) {
            leave(client);
        }
        for (SocksClient client : dying) {
            client.close();
        }
    }

    /** Opens one more as soon as another is known to have ended. */
    private void awaitTunnel(PackagedGateway node, List<SocksClient> open) {
        Await.until("a session is free", PATIENCE, () -> {
            SocksClient client = tunnelOrFail(node);
            return client != null && open.add(client);
        });
    }

    /** Opens so many at once, and ends them again. */
    private boolean canOpen(int count) {
        List<SocksClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                SocksClient client = tunnel(nodes.get(i % NODES));
                if (client == null) {
                    return false;
                }
                clients.add(client);
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            clients.forEach(ClusterIT::leaveOrFail);
        }
    }

    private @Nullable SocksClient tunnelOrFail(PackagedGateway node) {
        try {
            return tunnel(node);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A tunnel through a node; null if the quota refuses it. */
    private @Nullable SocksClient tunnel(PackagedGateway node) throws IOException {
        SocksClient client = request(node);
        byte[] reply = client.read(10);
        if (reply[1] == 0) {
            return client.expect("21");
        }
        assertThat(Hex.text(reply)).isEqualTo("05 02 00 01 00 00 00 00 00 00");
        client.close();
        return null;
    }

    private SocksClient request(PackagedGateway node) throws IOException {
        return node.client("public")
                .send("05 01 02")
                .expect("05 02")
                .send("01" + Hex.counted("alice") + Hex.counted(PASSWORD))
                .expect("01 00")
                .connectTo(target.address());
    }

    /** Asks the target to end the tunnel. */
    private static void leave(SocksClient client) throws IOException {
        client.send("71").expect("71").expectEnd();
        client.close();
    }

    private static void leaveOrFail(SocksClient client) {
        try {
            leave(client);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String configuration(int node, int port, List<Integer> ports) {
        String members =
                ports.stream().map(member -> "\"127.0.0.1:" + member + "\"").collect(Collectors.joining(", "));
        return """
                {"node": {"name": "node-%d"},
                 "listeners": [{"name": "public", "port": 0, "auth": "userpass"}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "quotas": [{"name": "ten", "key": "user", "sessions": %d}],
                 "timeouts": {"drain": "0s"},
                 "cluster": {"name": "e2e-%d", "host": "127.0.0.1", "port": %d, "members": [%s], "minimumMembers": 2}}""".formatted(node, PASSWORD, LIMIT, ports.get(0), port, members);
    }
}
