package io.socksgateway.deploy.e2e;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Packaged nodes of a cluster on loopback, and users who are under the quota that their name begins with. */
final class QuotaCluster implements AutoCloseable {

    /** For whatever has to happen some time; a busy machine is no defect. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String PASSWORD = "right-horse-7311";

    /** Also quotas about counters whose owner is gone, and Hazelcast about what it did when others were killed. */
    private static final String EXPECTED = PackagedGateway.LOSSES + "|ERROR +c\\.h\\.|WARN +i\\.s\\.";

    private final Path folder;
    private final String quotas;
    private final List<Place> places;
    private final int minimumMembers;
    private final LoginService logins;
    private final List<PackagedGateway> nodes = new ArrayList<>();
    private final List<PackagedGateway> gone = new ArrayList<>();

    /**
     * Where a node runs.
     *
     * @param through the command that takes it there, if any
     * @param host of its listener
     * @param cluster host of its traffic with others
     * @param onPartition what it does if it sees too few
     */
    record Place(List<String> through, String host, String cluster, int port, String onPartition) {}

    private QuotaCluster(Path folder, InetAddress own, List<Place> places, int minimumMembers, String quotas)
            throws IOException {
        this.folder = folder;
        this.quotas = quotas;
        this.places = places;
        this.minimumMembers = minimumMembers;
        this.logins = LoginService.start(own);
    }

    /** Starts so many nodes on loopback that deny what less than the half of them sees. */
    static QuotaCluster start(Path folder, int size, String quotas) throws IOException {
        List<Place> places = FreePorts.take(size).stream()
                .map(port -> new Place(List.of(), "127.0.0.1", "127.0.0.1", port, "deny"))
                .toList();
        return start(folder, InetAddress.getLoopbackAddress(), places, size / 2 + 1, quotas);
    }

    /**
     * Starts all at once and waits until they are ready.
     *
     * @param own where the nodes reach the test
     * @param quotas in JSON, each with {@code onClaim}
     */
    static QuotaCluster start(Path folder, InetAddress own, List<Place> places, int minimumMembers, String quotas)
            throws IOException {
        QuotaCluster cluster = new QuotaCluster(folder, own, places, minimumMembers, quotas);
        try {
            for (Place place : places) {
                cluster.nodes.add(cluster.launch(place));
            }
            PackagedGateway.awaitTogether(cluster.nodes);
        } catch (IOException | AssertionError e) {
            cluster.nodes.forEach(PackagedGateway::kill);
            throw e;
        }
        return cluster;
    }

    private PackagedGateway launch(Place place) throws IOException {
        return PackagedGateway.launchThrough(place.through, folder, configuration(place))
                .keeping(PASSWORD)
                .expecting(EXPECTED);
    }

    private String configuration(Place place) {
        String members = places.stream()
                .map(member -> "\"" + member.cluster + ":" + member.port + "\"")
                .collect(Collectors.joining(", "));
        return """
                {"node": {"name": "node-%d", "data": "data-%d"},
                 "listeners": [{"name": "public", "host": "%s", "port": 0, "auth": "userpass"}],
                 "auth": {"authenticators": [{"type": "http", "url": "%s", "insecure": true, "timeout": "30s", "cache": {"ttl": "1h"}}],
                          "recheck": "0s"},
                 "rules": [{"id": "targets", "action": "allow", "to": ["127.0.0.0/8", "198.18.0.0/15"]}],
                 "quotas": [%s],
                 "timeouts": {"drain": "20s", "handshake": "60s", "auth": "30s", "connect": "30s"},
                 "cluster": {"name": "quotas-%d", "host": "%s", "port": %d, "members": [%s], "minimumMembers": %d, "onPartition": "%s"}}""".formatted(
                        places.indexOf(place),
                        places.indexOf(place),
                        place.host,
                        logins.url(),
                        quotas,
                        places.get(0).port,
                        place.cluster,
                        place.port,
                        members,
                        minimumMembers,
                        place.onPartition);
    }

    int size() {
        return places.size();
    }

    PackagedGateway node(int node) {
        return nodes.get(node);
    }

    /** Starts those again that are gone, and waits until all grant again, whatever has happened before. */
    void mend(String user, Site site, int limit) throws IOException, InterruptedException {
        List<Integer> all = IntStream.range(0, nodes.size()).boxed().toList();
        List<Integer> down = new ArrayList<>();
        for (int node : all) {
            if (nodes.get(node).runs()) {
                nodes.get(node).thaw();
            } else {
                down.add(node);
            }
        }
        restart(down);
        awaitFree(user, site, limit, all);
    }

    /** Waits until all see all. */
    void awaitWhole() {
        Await.until("all nodes see each other", PATIENCE, () -> nodes.stream()
                .allMatch(node -> node.inSight() == nodes.size()));
    }

    /** Waits until nodes that were killed or told to end are back; they start side by side. */
    void restart(Collection<Integer> down) throws IOException {
        for (int node : down) {
            gone.add(nodes.get(node));
            nodes.set(node, launch(places.get(node)));
        }
        down.forEach(node -> nodes.get(node).awaitReady());
    }

    /** A tunnel through a node; null if it is refused as by a quota. */
    SocksClient tunnel(int node, String user, Site site) throws IOException {
        return tunnel(nodes.get(node), user, site);
    }

    static SocksClient tunnel(PackagedGateway node, String user, Site site) throws IOException {
        SocksClient client = node.client("public");
        try {
            client.socket().setSoTimeout((int) PATIENCE.toMillis());
            client.send("05 01 02 01" + Hex.counted(user) + Hex.counted(PASSWORD))
                    .expect("05 02 01 00")
                    .connectTo(site.address());
            byte[] reply = client.read(10);
            if (reply[1] == 0) {
                return client.expect("21");
            }
            client.close();
            if (reply[1] == 2) {
                return null;
            }
            throw new IOException("reply " + reply[1]);
        } catch (IOException | AssertionError e) {
            client.close();
            throw e;
        }
    }

    /** A tunnel that lasts until {@link #leave}. */
    SocksClient stay(int node, String user, Site site) throws IOException {
        SocksClient client = tunnel(node, user, site);
        return client == null ? null : client.send(new byte[] {ObservedTarget.KEEP});
    }

    /** Asks the target to end the tunnel, and waits until it has. */
    static void leave(SocksClient client) throws IOException {
        try (client) {
            client.send(new byte[] {ObservedTarget.QUIT}).expect("71").expectEnd();
        }
    }

    /** All ask before the first waits. */
    static void leave(List<SocksClient> clients) throws IOException {
        try {
            for (SocksClient client : clients) {
                client.send(new byte[] {ObservedTarget.QUIT});
            }
            for (SocksClient client : clients) {
                client.expect("71").expectEnd();
            }
        } finally {
            for (SocksClient client : clients) {
                client.close();
            }
        }
    }

    /** Opens as many as it can, up to so many and one after the other, over these nodes; they stay. */
    List<SocksClient> fill(String user, Site site, int most, List<Integer> over) throws IOException {
        List<SocksClient> in = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                SocksClient client = stay(over.get(i % over.size()), user, site);
                if (client != null) {
                    in.add(client);
                }
            }
            return in;
        } catch (IOException | AssertionError e) {
            for (SocksClient client : in) {
                client.close();
            }
            throw e;
        }
    }

    /** The same, all at once: a refusal takes a moment, as what others have ended may not have been told yet. */
    List<SocksClient> rush(String user, Site site, int most, List<Integer> over) throws Exception {
        Queue<SocksClient> in = new ConcurrentLinkedQueue<>();
        try {
            List<Boolean> unused = Crowd.run(most, i -> () -> {
                SocksClient client = stay(over.get(i % over.size()), user, site);
                return client != null && in.add(client);
            });
            return List.copyOf(in);
        } catch (ExecutionException e) {
            for (SocksClient client : in) {
                client.close();
            }
            throw e;
        }
    }

    /** Waits until all of a limit can be used, and uses it: so many stay. */
    List<SocksClient> awaitFull(String user, Site site, int limit, List<Integer> over) {
        List<SocksClient> all = new ArrayList<>();
        Await.until("all " + limit + " of " + user + " are free", PATIENCE, () -> {
            try {
                List<SocksClient> in = rush(user, site, limit, over);
                if (in.size() == limit) {
                    return all.addAll(in);
                }
                leave(in);
                return false;
            } catch (Exception e) {
                if (e instanceof IOException || e.getCause() instanceof IOException) {
                    return false; // a node that just went, or is being looked for
                }
                throw new AssertionError(e);
            }
        });
        return all;
    }

    /** Waits until all of a limit can be used, and ends it again. */
    void awaitFree(String user, Site site, int limit, List<Integer> over) throws IOException {
        leave(awaitFull(user, site, limit, over));
    }

    @Override
    public void close() throws IOException {
        logins.close();
        PackagedGateway.close(nodes);
        gone.forEach(PackagedGateway::close);
    }
}
