package io.socksgateway.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.bus.SessionsClient.Ended;
import io.socksgateway.core.bus.SessionsClient.Listing;
import io.socksgateway.core.relay.LiveSessionsVerticle;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.Revocation;
import io.socksgateway.core.session.SessionFilter;
import io.socksgateway.core.session.SessionView;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.KnownSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On one node; what is different with several is tested where there is a cluster. */
class SessionsClientTest {

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final ClusterBus cluster = ClusterBus.of(vertx, "edge-1");
    private final SessionsClient client = new SessionsClient(cluster, 30_000);
    private final LiveSessions live = new LiveSessions();
    private final BlockingQueue<Revocation> forgotten = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        bus.<Revocation>hear(BusAddresses.FORGET, forgotten::add);
        await(vertx.deployVerticle(new LiveSessionsVerticle(bus, cluster, new AuthClient(bus, 30_000), live, 0)));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }

    @CanIgnoreReturnValue
    private KnownSession open(String id, @Nullable String user) {
        KnownSession session = KnownSession.of(id, user).endingIn(live);
        live.opened(session);
        return session;
    }

    @Test
    void listsPageAfterPage() throws Exception {
        open("a-1", "alice");
        open("a-2", null);
        open("a-3", "bob");
        Listing first = await(client.list(SessionFilter.ALL, null, 2));
        assertThat(first.sessions()).extracting(SessionView::id).containsExactly("a-1", "a-2");
        assertThat(first.sessions().get(0).node()).isEqualTo("edge-1");
        assertThat(first.sessions().get(1).user()).isNull();
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.silent()).isEmpty();
        Listing second = await(client.list(SessionFilter.ALL, first.next(), 2));
        assertThat(second.sessions()).extracting(SessionView::id).containsExactly("a-3");
        assertThat(second.next()).isNull();
    }

    @Test
    void aFullLastPageIsTheLast() throws Exception {
        open("a-1", "alice");
        open("a-2", "alice");
        assertThat(await(client.list(SessionFilter.ALL, null, 2)).next()).isNull();
    }

    @Test
    void everyPartOfAFilterTravels() throws Exception {
        open("a-1", "alice");
        Cidr range = Cidr.parse("192.0.2.0/24").orElseThrow();
        SessionFilter filter =
                new SessionFilter("a-1", "alice", null, range, "public", "edge-1", LiveSession.State.OPEN);
        assertThat(await(client.list(filter, null, 1)).total()).isOne();
        SessionFilter other = new SessionFilter(null, null, "x", null, null, null, LiveSession.State.OPENING);
        assertThat(SessionFilterCodec.decode(SessionFilterCodec.encode(other))).isEqualTo(other);
        assertThat(SessionFilterCodec.decode(SessionFilterCodec.encode(filter))).isEqualTo(filter);
    }

    @Test
    void whatIsKilledIsGoneWithTheAnswer() throws Exception {
        KnownSession alice = open("a-1", "alice");
        KnownSession bob = open("a-2", "bob");
        assertThat(await(client.kill(SessionFilter.user("alice")))).isEqualTo(new Ended(1, List.of()));
        assertThat(alice.ends()).containsExactly(EndReason.KILLED);
        assertThat(live.all()).containsExactly(bob);
        assertThat(await(client.kill(SessionFilter.user("alice")))).isEqualTo(new Ended(0, List.of()));
    }

    @Test
    void nobodyKillsEverybodyByLeavingTheNameOut() {
        assertThatThrownBy(() -> client.kill(SessionFilter.ALL)).isInstanceOf(IllegalArgumentException.class);
    }

    /** An older node must not take a filter that it does not understand for one of all sessions. */
    @Test
    void aMalformedFilterKillsNobody() throws Exception {
        KnownSession alice = open("a-1", "alice");
        JsonObject question = new JsonObject().put("client", "192.0.2.300");
        assertThat(await(cluster.askAll(BusAddresses.KILL_SESSIONS, question, 1_000, json -> json))
                        .silent())
                .containsExactly("edge-1");
        assertThat(alice.ends()).isEmpty();
    }

    @Test
    void revokingLetsTheAuthenticatorsForget() throws Exception {
        KnownSession alice = open("a-1", "alice");
        Revocation revocation = new Revocation(null, Set.of("alice"));
        assertThat(await(client.revoke(revocation)).sessions()).isOne();
        assertThat(alice.ends()).containsExactly(EndReason.REVOKED);
        assertThat(forgotten.poll(30, TimeUnit.SECONDS)).isEqualTo(revocation);
        assertThat(RevocationCodec.decode(RevocationCodec.encode(new Revocation("file-a", Set.of("a", "b")))))
                .isEqualTo(new Revocation("file-a", Set.of("a", "b")));
    }

    @Test
    void whatOneNodeIsToldIsCarriedOut() throws Exception {
        KnownSession ofA = KnownSession.of("a-1", new Identity("alice", Set.of()).from("a"), "192.0.2.1")
                .endingIn(live);
        KnownSession ofB = KnownSession.of("a-2", new Identity("alice", Set.of()).from("b"), "192.0.2.1")
                .endingIn(live);
        live.opened(ofA);
        live.opened(ofB);
        new RevocationClient(bus).revoke(Revocation.allOf("a"));
        Eventually.isTrue("it is gone", () -> live.size() == 1);
        assertThat(ofA.ends()).containsExactly(EndReason.REVOKED);
        assertThat(ofB.ends()).isEmpty();
        assertThat(forgotten.poll(30, TimeUnit.SECONDS)).isEqualTo(Revocation.allOf("a"));
        assertThat(RevocationCodec.decode(RevocationCodec.encode(Revocation.allOf("a"))))
                .isEqualTo(Revocation.allOf("a"));
    }

    /** Also with a directory that never says by itself that somebody is gone. */
    @Test
    void usersWhoAreHereAreAskedAboutNowAndThen() throws Exception {
        bus.<StandingRequest, Standing>answer(
                BusAddresses.STANDING,
                known -> Future.succeededFuture(
                        "alice".equals(known.identity().user()) ? Standing.GONE : Standing.GOOD));
        Identity alice = new Identity("alice", Set.of()).from("ldap");
        KnownSession gone = KnownSession.of("a-1", alice, "192.0.2.1").endingIn(live);
        KnownSession stays = KnownSession.of("a-2", new Identity("bob", Set.of()).from("ldap"), "192.0.2.1");
        live.opened(gone);
        live.opened(stays);
        await(vertx.deployVerticle(
                new LiveSessionsVerticle(bus, ClusterBus.of(vertx, "edge-1"), new AuthClient(bus, 30_000), live, 20)));
        Eventually.isTrue("she is gone", () -> live.size() == 1);
        assertThat(gone.ends()).contains(EndReason.REVOKED);
        assertThat(stays.ends()).isEmpty();
    }

    /** Who has logged in as what the directory says now has nothing to do with it. */
    @Test
    void whoIsInOtherGroupsByNowLosesTheSessionsOfBefore() throws Exception {
        Identity before = new Identity("alice", Set.of("staff", "poets")).from("ldap");
        Identity now = new Identity("alice", Set.of("staff")).from("ldap");
        bus.<StandingRequest, Standing>answer(
                BusAddresses.STANDING,
                known -> Future.succeededFuture(known.identity().equals(now) ? Standing.GOOD : Standing.CHANGED));
        KnownSession old = KnownSession.of("a-1", before, "192.0.2.1").endingIn(live);
        KnownSession anew = KnownSession.of("a-2", now, "192.0.2.1").endingIn(live);
        live.opened(old);
        live.opened(anew);
        await(new RevocationClient(bus).recheck());
        Eventually.isTrue("it is gone", () -> live.size() == 1);
        assertThat(old.ends()).containsExactly(EndReason.REVOKED);
        assertThat(anew.ends()).isEmpty();
        // or the next login would be in the groups of before
        assertThat(forgotten.poll(30, TimeUnit.SECONDS)).isEqualTo(new Revocation("ldap", Set.of("alice")));
    }

    @Test
    void usersWhoAreHereAreAskedAboutWhenSomebodyWantsThat() throws Exception {
        bus.<StandingRequest, Standing>answer(BusAddresses.STANDING, known -> Future.succeededFuture(Standing.GONE));
        KnownSession gone = KnownSession.of("a-1", new Identity("alice", Set.of()).from("removed"), "192.0.2.1")
                .endingIn(live);
        live.opened(gone);
        await(new RevocationClient(bus).recheck());
        Eventually.isTrue("she is gone", () -> live.size() == 0);
        assertThat(gone.ends()).containsExactly(EndReason.REVOKED);
    }

    @Test
    void nobodyThereIsSilenceAndNotAFailure() throws Exception {
        await(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
        Listing listing = await(client.list(SessionFilter.ALL, null, 10));
        assertThat(listing.sessions()).isEmpty();
        assertThat(listing.silent()).containsExactly("edge-1");
    }
}
