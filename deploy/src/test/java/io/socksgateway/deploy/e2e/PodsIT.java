package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.Distribution.Outcome;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes that find each other as pods do, by a name that leads to all of them: what they have open, and what the others
 * tell of one that freezes and of one that is killed. One cluster for all of it: joining takes the most time.
 */
class PodsIT {

    private static final int NODES = 3;
    private static final String NAME = "gateway-nodes.proxies.svc.cluster.local";
    /** Where Hazelcast calls for others if nobody tells it not to. */
    private static final int HAZELCASTS_CALLS = 54_327;

    /** A node that is silent is dropped after seven seconds, since it was heard last. */
    private static final long DROPPED_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final String TOKEN = "token-91c7e2aa05d4";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<PackagedGateway> nodes = new ArrayList<>();
    private final List<Integer> ports = FreePorts.take(2);
    private final int port = ports.get(0);
    private final int busPort = ports.get(1);
    private TestTarget target;

    @BeforeEach
    void start() throws IOException {
        target = TestTarget.echo();
        StringBuilder hosts = new StringBuilder(
                "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName() + "\n");
        for (int node = 0; node < NODES; node++) {
            hosts.append(address(node)).append(' ').append(NAME).append('\n');
        }
        Path names = Files.writeString(folder.resolve("hosts"), hosts);
        Files.writeString(folder.resolve("token"), TOKEN);
        for (int node = 0; node < NODES; node++) {
            Path config = Files.writeString(folder.resolve(node + ".json"), configuration(node));
            nodes.add(PackagedGateway.launchWithOptions("-Djdk.net.hosts.file=" + names, "--config", config.toString())
                    .keeping(TOKEN)
                    .expectingLosses());
        }
        PackagedGateway.awaitTogether(nodes);
    }

    @AfterEach
    void stop() throws IOException {
        PackagedGateway.close(nodes);
        target.close();
    }

    private static String address(int node) {
        return "127.0.0." + (node + 1);
    }

    private String configuration(int node) {
        return """
                {"node": {"name": "edge-%1$d"},
                 "listeners": [{"name": "open", "host": "%2$s", "port": 0}],
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "admin": {"host": "%2$s", "port": 0, "token": {"file": "%3$s"}},
                 "cluster": {"name": "pods-%4$d", "host": "%2$s", "port": %4$d, "busPort": %6$d, "nodes": 3, "minimumMembers": 2,
                   "discovery": "kubernetes", "kubernetes": {"dns": "%5$s"}}}""".formatted(node + 1, address(node), folder.resolve("token"), port, NAME, busPort);
    }

    @Test
    void nodesFindEachOtherAndStayRightAboutThoseThatAreGone() throws Exception {
        SocksClient first = open(0);
        SocksClient second = open(1);
        SocksClient third = open(2);
        Await.until("all see all", Duration.ofSeconds(60), () -> total(0) == 3 && total(1) == 3 && total(2) == 3);
        for (int node = 0; node < NODES; node++) {
            eachHasOnlyItsOwnAddressOpen(node);
        }
        oneFreezes(second, third);
        SocksClient last = open(2);
        Await.until("the new one shows", Duration.ofSeconds(30), () -> total(0) == 2);
        oneIsKilled();
        for (SocksClient client : List.of(first, second, third, last)) {
            client.close();
        }
    }

    /** The listener, the admin endpoint, Hazelcast and the event bus, all at the node's address; nothing else. */
    private void eachHasOnlyItsOwnAddressOpen(int node) throws IOException {
        List<InetSocketAddress> open = OpenPorts.tcp(nodes.get(node).pid());
        assertThat(open)
                .extracting(socket -> socket.getAddress().getHostAddress())
                .containsOnly(address(node));
        assertThat(open)
                .extracting(InetSocketAddress::getPort)
                .hasSize(4)
                .contains(
                        port,
                        nodes.get(node).listener("open").getPort(),
                        admin(node).getPort());
        assertThat(OpenPorts.udp(nodes.get(node).pid())) // but for the resolver's own questions
                .extracting(InetSocketAddress::getPort)
                .doesNotContain(port, HAZELCASTS_CALLS);
    }

    /** The others name it as long as it counts as one of them, list without it, and go on ending sessions. */
    private void oneFreezes(SocksClient there, SocksClient elsewhere) throws Exception {
        nodes.get(1).freeze();
        long start = System.nanoTime();
        JsonObject[] answer = new JsonObject[1];
        // a busy machine may keep the answer of the third for longer than the first waits
        Await.until("the other two are listed", Duration.ofSeconds(60), () -> {
            answer[0] = get(0, "/api/v1/sessions");
            return answer[0].getInteger("total") == 2;
        });
        JsonObject listed = answer[0];
        if (System.nanoTime() - start < DROPPED_NANOS) {
            assertThat(silent(listed)).containsExactly("edge-2");
        } else { // by now it may not count any more
            assertThat(silent(listed)).isSubsetOf("edge-2");
        }
        String id = idOf(elsewhere, listed);
        // not found where the answer to the one before came too late
        Await.until("a session elsewhere is ended", Duration.ofSeconds(60), () -> Set.of(200, 404)
                .contains(send(0, "DELETE", "/api/v1/sessions/" + id).statusCode()));
        assertThat(isEnded(elsewhere.raw())).isTrue();
        Await.until("nobody waits for it any more", Duration.ofSeconds(60), () -> {
            JsonObject now = get(0, "/api/v1/sessions");
            return now.getInteger("total") == 1 && silent(now).isEmpty();
        });
        nodes.get(1).kill();
        assertThat(there.raw().isClosed()).isFalse(); // by us: its node has never ended it
    }

    /** A dead node cannot tell of its sessions: none is ever listed again, and after a while it is not waited for. */
    private void oneIsKilled() throws Exception {
        nodes.get(2).kill();
        Await.until("it is forgotten", Duration.ofSeconds(60), () -> {
            JsonObject now = get(0, "/api/v1/sessions");
            assertThat(now.getInteger("total")).isOne();
            assertThat(silent(now)).isSubsetOf(Set.of("edge-3"));
            return silent(now).isEmpty();
        });
        Outcome sessions = Distribution.run(
                "",
                "sessions",
                "--admin",
                admin(0).toString(),
                "--token-file",
                folder.resolve("token").toString());
        assertThat(sessions.exitCode()).isZero();
        assertThat(sessions.out()).contains("edge-1").doesNotContain("edge-2", "edge-3");
        assertThat(sessions.err()).isEmpty();
    }

    /** Waits for the end of a connection: with FIN or, as who kills is not polite, with RST. */
    private static boolean isEnded(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private SocksClient open(int node) throws IOException {
        return nodes.get(node).client("open").tunnelTo(target.address());
    }

    private int total(int node) {
        return get(node, "/api/v1/sessions").getInteger("total");
    }

    private static String idOf(SocksClient client, JsonObject listed) {
        String address = client.raw().getLocalAddress().getHostAddress() + ":"
                + client.raw().getLocalPort();
        return listed.getJsonArray("sessions").stream()
                .map(JsonObject.class::cast)
                .filter(session -> session.getString("client").equals(address))
                .map(session -> session.getString("id"))
                .findAny()
                .orElseThrow(() -> new AssertionError(address + " in " + listed));
    }

    private static Set<String> silent(JsonObject answer) {
        return answer.getJsonArray("silent").stream().map(String::valueOf).collect(Collectors.toSet());
    }

    private JsonObject get(int node, String path) {
        HttpResponse<String> answer = send(node, "GET", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> send(int node, String method, String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(admin(node).resolve(path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Bearer " + TOKEN)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI admin(int node) {
        return URI.create(nodes.get(node)
                .log()
                .text()
                .lines()
                .filter(line -> line.contains(" admin on http://"))
                .map(line -> line.replaceFirst(".* admin on (http://\\S+).*", "$1"))
                .findFirst()
                .orElseThrow());
    }
}
