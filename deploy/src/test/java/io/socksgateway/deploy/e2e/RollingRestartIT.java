package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes behind the balancer of the examples are restarted one after the other while clients come and go: nobody is
 * refused, and nobody is cut off who ends within the time to drain. {@code -Drestarts=50} goes on for longer.
 */
class RollingRestartIT {

    private static final int NODES = 3;
    private static final int RESTARTS = Integer.getInteger("restarts", NODES);

    /** How long the clients stay, in milliseconds. */
    private static final List<Integer> STAYS = List.of(0, 0, 100, 500, 1_500, 2_000, 2_500, 3_000);

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    /** Of a client, in milliseconds. */
    private static final int PATIENCE = 60_000;

    @TempDir
    private Path folder;

    private final List<Integer> ports = FreePorts.take(3 * NODES + 1);
    private final List<PackagedGateway> nodes = new ArrayList<>();
    private final List<PackagedGateway> all = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger served = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private TestTarget target;
    private Balancer balancer;

    @BeforeEach
    void start() throws Exception {
        Balancer.assumeInstalled();
        target = TestTarget.echo();
        Files.writeString(folder.resolve("token"), TOKEN);
        for (int node = 0; node < NODES; node++) {
            nodes.add(launch(node));
        }
        PackagedGateway.awaitTogether(nodes);
        balancer = Balancer.start(balancing(), folder);
    }

    @AfterEach
    void stop() throws Exception {
        over.countDown();
        for (Thread client : clients) {
            client.join();
        }
        if (balancer != null) {
            balancer.close();
        }
        all.forEach(PackagedGateway::kill);
        all.forEach(PackagedGateway::close);
        if (target != null) {
            target.close();
        }
    }

    /** The example, with a third node and without TLS; a check may take its time here, only its answer counts. */
    private Path balancing() throws IOException {
        Example example = Example.of("balanced/haproxy.cfg")
                .replacing("(?s)frontend tls.*?(?=backend plain)", "")
                .replacing("(?s)backend tls.*", "")
                .replacing("timeout check 2s", "timeout check 20s")
                .replacing("bind :1080", "bind 127.0.0.1:" + balanced().getPort())
                .replacing("( *server edge-)2 10.0.0.12:1080", "$12 10.0.0.12:1080\n$13 10.0.0.13:1080");
        for (int node = 0; node < NODES; node++) {
            example.replacing(
                    "10.0.0.1" + (node + 1) + ":1080", "127.0.0.1:" + ports.get(node) + " port " + admin(node));
        }
        return example.in(folder);
    }

    private int admin(int node) {
        return ports.get(NODES + node);
    }

    private InetSocketAddress balanced() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(3 * NODES));
    }

    private PackagedGateway launch(int node) throws IOException {
        List<Integer> cluster = ports.subList(2 * NODES, 3 * NODES);
        String members =
                cluster.stream().map(member -> "\"127.0.0.1:" + member + "\"").collect(Collectors.joining(", "));
        PackagedGateway gateway = PackagedGateway.launchWith(folder, """
                {"node": {"name": "%s"},
                 "listeners": [{"name": "public", "host": "127.0.0.1", "port": %d, "proxyProtocol": true}],
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "quotas": [{"name": "all", "key": "client", "sessions": 100}],
                 "timeouts": {"drain": "25s"},
                 "admin": {"port": %d, "token": {"file": "%s"}},
                 "cluster": {"name": "rolling-%d", "port": %d, "members": [%s], "minimumMembers": 2}}""".formatted(
                                name(node),
                                ports.get(node),
                                admin(node),
                                folder.resolve("token"),
                                ports.get(0),
                                cluster.get(node),
                                members))
                .expectingLosses();
        all.add(gateway);
        return gateway;
    }

    @Test
    void nobodyIsRefusedAndNobodyIsCutOff() throws Exception {
        Await.until("the balancer has found them", Duration.ofSeconds(60), this::serves);
        for (int stay : STAYS) {
            Thread client = new Thread(() -> comeAndGo(stay), "client-" + clients.size());
            clients.add(client);
            client.start();
        }
        long start = System.nanoTime();
        for (int restart = 0; restart < RESTARTS; restart++) {
            restart(restart % NODES);
            assertNoFailures(restart % NODES);
        }
        over.countDown();
        for (Thread client : clients) {
            client.join(TimeUnit.SECONDS.toMillis(60));
        }

        assertNoFailures((RESTARTS - 1) % NODES);
        Await.until("each session has its line", () -> lines().size() >= served.get());
        assertThat(lines())
                .allSatisfy(line -> assertThat(line.getString("reason")).isEqualTo("client-closed"));
        report(Duration.ofNanos(System.nanoTime() - start));
    }

    /** What an operator does: waits for its end, starts it, and goes on when it serves. */
    private void restart(int node) throws Exception {
        try (SocksClient last = enter(node)) {
            nodes.get(node).terminate();
            nodes.get(node).log().await(" draining: open sessions have");
            // it accepts nobody any more, and who is there may stay
            last.send("BE EF").expect("BE EF").finish().expectEnd();
            served.incrementAndGet();
        }
        assertThat(nodes.get(node).awaitExit()).isZero();
        nodes.set(node, launch(node).awaitReady());
        Await.until("all nodes see each other", Duration.ofSeconds(60), () -> nodes.stream()
                .allMatch(each -> each.inSight() == NODES));
    }

    /** A session on this node, to which the balancer will lead one of a few that begin at the same time. */
    private SocksClient enter(int node) throws Exception {
        AdminCalls admin = AdminCalls.of(nodes.get(node), TOKEN);
        List<SocksClient> elsewhere = new ArrayList<>();
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(PATIENCE)) {
            SocksClient client = SocksClient.connect(balanced());
            client.raw().setSoTimeout(PATIENCE);
            client.tunnelTo(target.address()).send("CA FE").expect("CA FE");
            if (isOpen(admin, node, client)) {
                for (SocksClient other : elsewhere) {
                    end(other);
                }
                return client;
            }
            elsewhere.add(client);
            if (elsewhere.size() == 2 * NODES) {
                end(elsewhere.remove(0));
            }
        }
        throw new AssertionError("the balancer leads nobody to node " + node + "\n" + trouble());
    }

    private void end(SocksClient client) throws IOException {
        try (client) {
            client.finish().expectEnd();
            served.incrementAndGet();
        }
    }

    private static boolean isOpen(AdminCalls admin, int node, SocksClient client) {
        String address = "127.0.0.1:" + client.raw().getLocalPort();
        JsonObject there = new JsonObject(
                admin.send("GET", "/api/v1/sessions?node=" + name(node)).body());
        return there.getJsonArray("sessions").stream()
                .map(JsonObject.class::cast)
                .anyMatch(session -> session.getString("client").equals(address));
    }

    private static String name(int node) {
        return "edge-" + (node + 1);
    }

    /** One session after the other until all is over. */
    private void comeAndGo(int stay) {
        while (over.getCount() > 0) {
            try {
                session(stay);
                served.incrementAndGet();
            } catch (IOException | AssertionError | InterruptedException e) {
                failures.add(Thread.currentThread().getName() + ", who stays " + stay + " ms: " + e);
                return;
            }
        }
    }

    private void session(int stay) throws IOException, InterruptedException {
        try (SocksClient client = SocksClient.connect(balanced())) {
            client.raw().setSoTimeout(PATIENCE);
            client.tunnelTo(target.address()).send("CA FE").expect("CA FE");
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stay);
            while (System.nanoTime() < end) {
                boolean unused = over.await(Math.min(stay, 250), TimeUnit.MILLISECONDS);
                client.send("BE EF").expect("BE EF");
                if (over.getCount() == 0) {
                    break;
                }
            }
            client.finish().expectEnd();
        }
    }

    private boolean serves() {
        try {
            session(0);
            served.incrementAndGet();
            return true;
        } catch (IOException | AssertionError e) {
            return false; // nobody counts those
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The access lines of all processes, those that are gone included. */
    private List<JsonObject> lines() {
        return all.stream()
                .flatMap(node -> node.out().all().stream())
                .filter(line -> line.startsWith("{"))
                .map(JsonObject::new)
                .toList();
    }

    /** A node whose event loops were held up for seconds refuses on purpose until it trusts itself again: no fault of restarts. */
    private void assertNoFailures(int restarted) {
        String trouble = failures.isEmpty() ? "" : trouble();
        assumeFalse(
                !failures.isEmpty()
                        && (trouble.contains("this node stood still")
                                || nodes.get(restarted).hasLostOthers()),
                "the machine is too busy: a node stood still for seconds");
        assertThat(failures).as(trouble).isEmpty();
    }

    /** What the nodes say of it. */
    private String trouble() {
        Stream<String> lines = all.stream().flatMap(node -> node.out().all().stream());
        return Stream.concat(
                        lines.filter(line -> !line.contains("\"client-closed\"")),
                        all.stream().map(node -> node.log().text()))
                .collect(Collectors.joining("\n"));
    }

    /** For who runs it by hand. */
    private void report(Duration time) throws IOException {
        Files.writeString(
                Path.of("target", "rolling-restart.txt"),
                "%d restarts in %d s: %d sessions, none refused, none cut off%n"
                        .formatted(RESTARTS, time.toSeconds(), served.get()));
    }
}
