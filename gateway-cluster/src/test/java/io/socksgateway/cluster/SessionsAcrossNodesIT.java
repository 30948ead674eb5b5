package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.RevocationClient;
import io.socksgateway.core.bus.SessionsClient;
import io.socksgateway.core.bus.SessionsClient.Ended;
import io.socksgateway.core.bus.SessionsClient.Listing;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.relay.LiveSessionsVerticle;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.Revocation;
import io.socksgateway.core.session.SessionFilter;
import io.socksgateway.core.session.SessionView;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.KnownSession;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What one node can see of the sessions of others, and do to them. One cluster for all tests; the last ones harm it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionsAcrossNodesIT {

    /** Milliseconds for a node that is there. */
    private static final long PATIENCE = 30_000;

    /** Milliseconds for one that may never answer. */
    private static final long BRIEFLY = 2_000;

    private final List<Peer> peers = new ArrayList<>();

    /** A node with sessions that have no sockets. */
    private record Peer(
            ClusterNode node,
            ClusterBus bus,
            RevocationClient revocations,
            SessionsClient client,
            LiveSessions live,
            Queue<Revocation> forgotten) {

        static Future<Peer> start(ClusterConfig config, String name) {
            VertxOptions options = new VertxOptions();
            options.getEventBusOptions().setClusterNodeMetadata(new JsonObject().put(ClusterBus.NODE, name));
            return ClusterNode.start(config, options).compose(node -> {
                GatewayBus local = GatewayBus.install(node.vertx());
                ClusterBus bus = ClusterBus.of(node.vertx(), name);
                Peer peer = new Peer(
                        node,
                        bus,
                        new RevocationClient(local),
                        new SessionsClient(bus, PATIENCE),
                        new LiveSessions(),
                        new ConcurrentLinkedQueue<>());
                local.<Revocation>hear(BusAddresses.FORGET, peer.forgotten::add);
                return node.vertx()
                        .deployVerticle(
                                new LiveSessionsVerticle(local, bus, new AuthClient(local, 1_000), peer.live, 0))
                        .map(peer);
            });
        }

        @CanIgnoreReturnValue
        KnownSession open(String id, String user, String source) {
            KnownSession session = KnownSession.of(id, new Identity(user, Set.of()).from(source), "192.0.2.1")
                    .endingIn(live);
            live.opened(session);
            return session;
        }
    }

    @BeforeAll
    void start() throws Exception {
        List<ClusterConfig> configs = LoopbackMembers.nodes(3, 1);
        List<Future<Peer>> starting = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            starting.add(Peer.start(configs.get(i), "edge-" + (i + 1)));
        }
        peers.addAll(Await.result(Future.all(starting).map(all -> all.<Peer>list())));
        for (Peer peer : peers) {
            SessionsClient impatient = new SessionsClient(peer.bus, BRIEFLY);
            Await.until(
                    peer.node.vertx(),
                    60_000,
                    () -> impatient.list(SessionFilter.node("edge-1"), null, 1),
                    listing -> peer.node.hazelcast().getCluster().getMembers().size() == 3
                            && listing.silent().isEmpty());
        }
    }

    @AfterEach
    void endAll() {
        for (Peer peer : peers) {
            assertThat(peer.live.end(session -> true, EndReason.DRAINED)).isNotNull();
            peer.forgotten.clear();
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (Peer peer : peers) {
            Await.result(peer.node.close());
        }
    }

    private static Listing list(Peer asker, SessionFilter filter) throws Exception {
        return Await.result(asker.client.list(filter, null, 100));
    }

    @Test
    void allNodesSeeTheSame() throws Exception {
        peers.get(0).open("a-1", "alice", "file");
        peers.get(1).open("b-1", "alice", "file");
        peers.get(2).open("c-1", "bob", "file");
        for (Peer asker : peers) {
            Listing listing = list(asker, SessionFilter.ALL);
            assertThat(listing.sessions())
                    .extracting(SessionView::id, SessionView::node)
                    .containsExactly(tuple("a-1", "edge-1"), tuple("b-1", "edge-2"), tuple("c-1", "edge-3"));
            assertThat(listing.silent()).isEmpty();
            Listing page = Await.result(asker.client.list(SessionFilter.ALL, "a-1", 1));
            assertThat(page.sessions()).extracting(SessionView::id).containsExactly("b-1");
            assertThat(page.next()).isEqualTo("b-1");
            assertThat(page.total()).isEqualTo(3);
        }
        SessionFilter onSecond = SessionFilter.node("edge-2");
        assertThat(list(peers.get(0), onSecond).total()).isOne();
    }

    @Test
    void aKillFindsItsSessionsWhereverTheyAre() throws Exception {
        KnownSession there = peers.get(1).open("b-1", "alice", "file");
        KnownSession alsoThere = peers.get(2).open("c-1", "alice", "file");
        KnownSession other = peers.get(2).open("c-2", "bob", "file");
        assertThat(Await.result(peers.get(0).client.kill(SessionFilter.id("b-1"))))
                .isEqualTo(new Ended(1, List.of()));
        assertThat(there.ends()).containsExactly(EndReason.KILLED);
        assertThat(Await.result(peers.get(0).client.kill(SessionFilter.user("alice"))))
                .isEqualTo(new Ended(1, List.of()));
        assertThat(alsoThere.ends()).containsExactly(EndReason.KILLED);
        assertThat(other.ends()).isEmpty();
        assertThat(list(peers.get(1), SessionFilter.ALL).total()).isOne();
    }

    @Test
    void aRevocationEndsTheSessionsOfOneSourceOnAllNodes() throws Exception {
        KnownSession here = peers.get(0).open("a-1", "alice", "file-a");
        KnownSession there = peers.get(1).open("b-1", "alice", "file-a");
        KnownSession ofAnother = peers.get(1).open("b-2", "alice", "directory-b");
        Revocation revocation = new Revocation("file-a", Set.of("alice"));
        assertThat(Await.result(peers.get(2).client.revoke(revocation))).isEqualTo(new Ended(2, List.of()));
        assertThat(here.ends()).containsExactly(EndReason.REVOKED);
        assertThat(there.ends()).containsExactly(EndReason.REVOKED);
        assertThat(ofAnother.ends()).isEmpty();
        for (Peer peer : peers) {
            // beside those of other tests, which nobody has waited for
            Await.until("it is forgotten", () -> peer.forgotten.contains(revocation));
        }
    }

    /** On the others she may have logged in with her new password. */
    @Test
    void aRevocationForOneNodeEndsTheSessionsOfThatNode() throws Exception {
        KnownSession here = peers.get(0).open("a-1", "alice", "file-a");
        KnownSession there = peers.get(1).open("b-1", "alice", "file-a");
        KnownSession gone = peers.get(1).open("b-2", "bob", "file-a");
        peers.get(0).revocations.revokeHere(new Revocation("file-a", Set.of("alice")));
        peers.get(0).revocations.revoke(new Revocation("file-a", Set.of("bob")));
        Await.until("they are gone", () -> here.ends().size() + gone.ends().size() == 2);
        assertThat(here.ends()).containsExactly(EndReason.REVOKED);
        assertThat(there.ends()).isEmpty();
    }

    /** It is in the cluster, and nobody can tell what it has. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aNodeThatDoesNotAnswerIsNamed() throws Exception {
        KnownSession here = peers.get(0).open("a-1", "alice", "file");
        peers.get(2).open("c-1", "alice", "file");
        for (String deployment : peers.get(2).node.vertx().deploymentIDs()) {
            Await.result(peers.get(2).node.vertx().undeploy(deployment));
        }
        // who is there may be slow too, and is asked again
        SessionsClient impatient = new SessionsClient(peers.get(0).bus, BRIEFLY);
        Await.until(
                peers.get(0).node.vertx(),
                60_000,
                () -> impatient.list(SessionFilter.ALL, null, 100),
                listing -> listing.silent().equals(List.of("edge-3"))
                        && listing.sessions().stream()
                                .map(SessionView::id)
                                .toList()
                                .equals(List.of("a-1")));
        List<Ended> kills = new ArrayList<>();
        Await.until(
                peers.get(0).node.vertx(),
                60_000,
                () -> impatient.kill(SessionFilter.user("alice")).onSuccess(kills::add),
                kill -> kill.silent().equals(List.of("edge-3")));
        assertThat(here.ends()).containsExactly(EndReason.KILLED);
        assertThat(kills.get(0).sessions()).isEqualTo(kills.get(0).silent().contains("edge-1") ? 0 : 1);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void nothingIsListedOfANodeThatHasDied() throws Exception {
        peers.get(0).open("a-1", "alice", "file");
        peers.get(2).open("c-1", "alice", "file");
        SessionsClient impatient = new SessionsClient(peers.get(0).bus, BRIEFLY);
        peers.get(2).node.hazelcast().getLifecycleService().terminate();
        Await.until(
                peers.get(0).node.vertx(),
                60_000,
                () -> impatient.list(SessionFilter.ALL, null, 10),
                listing -> listing.total() == 1 && listing.silent().isEmpty());
        assertThat(list(peers.get(1), SessionFilter.ALL).sessions())
                .extracting(SessionView::id)
                .containsExactly("a-1");
    }
}
