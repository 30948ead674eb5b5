package io.socksgateway.core.relay;

import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.ListSessions;
import io.socksgateway.core.bus.SessionsClient;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.Revocation;
import io.socksgateway.core.session.SessionFilter;
import io.socksgateway.core.session.SessionPage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@link SessionsClient}s of any node for the sessions of this one: lists them, and ends them. Carries out, on all nodes
 * or here, what {@link io.socksgateway.core.bus.RevocationClient}s of this one say, and asks the authenticators now and then
 * about users who are still here. One instance a node.
 */
public final class LiveSessionsVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSessionsVerticle.class);

    /** Milliseconds from one look to the next at whether the sessions are gone. */
    private static final long LOOK = 10;

    /** Looks; an event loop that is busier than that ends them later. */
    private static final int LOOKS = 100;

    /** Milliseconds for the answer of a node. */
    private static final long ANSWER = 5_000;

    /** Milliseconds until a revocation is tried again that some node has not answered. */
    private static final long AGAIN = 5_000;

    /** Tries; a node that hangs for longer is dropped from the cluster. */
    private static final int TRIES = 4;

    /** None of those of Vert.x, which begin with 0 and may be anybody's. */
    private static final long NO_TIMER = -1;

    private final GatewayBus bus;
    private final ClusterBus cluster;
    private volatile AuthClient auth;
    private final LiveSessions live;
    private final Rechecks rechecks;
    private long recheck;
    private long timer = NO_TIMER;
    private final SessionsClient everywhere;

    /**
     * @param recheck milliseconds from one round of questions about all users who are here to the next: {@code auth.recheck};
     *     0 for none
     */
    public LiveSessionsVerticle(GatewayBus bus, ClusterBus cluster, AuthClient auth, LiveSessions live, long recheck) {
        this.bus = bus;
        this.cluster = cluster;
        this.auth = auth;
        this.live = live;
        this.recheck = recheck;
        this.everywhere = new SessionsClient(cluster, ANSWER);
        this.rechecks = new Rechecks(
                live, known -> this.auth.standing(known), gone -> carryOut(Revocation.of(gone), TRIES), this::endAllOf);
    }

    @Override
    public Future<?> start() {
        recheckEvery(recheck);
        return Future.all(
                bus.<Revocation>hear(BusAddresses.REVOKED, revocation -> carryOut(revocation, TRIES))
                        .completion(),
                bus.<Revocation>hear(BusAddresses.REVOKED_HERE, revocation -> {
                            Future<Integer> unused = revoke(revocation);
                        })
                        .completion(),
                bus.<String, String>answer(
                                BusAddresses.RECHECK, now -> rechecks.start().map(""))
                        .completion(),
                SessionsClient.answer(cluster, this::list, this::kill, this::revoke));
    }

    private void recheckEvery(long millis) {
        boolean unused = vertx.cancelTimer(timer);
        recheck = millis;
        timer = millis == 0
                ? NO_TIMER
                : vertx.setPeriodic(millis, tick -> {
                    Future<Void> unusedRound = rechecks.start();
                });
    }

    /** Asks others about users from now on, and at another pace: {@code auth.recheck} in milliseconds. */
    public void use(AuthClient others, long millis) {
        auth = others;
        context.runOnContext(go -> {
            if (millis != recheck) {
                recheckEvery(millis);
            }
        });
    }

    /**
     * Ends the sessions of this node that rules no longer allow, and asks the authenticators for all users whose sessions are
     * open.
     *
     * @return how many sessions the rules have ended, once they have; users are asked about on the side
     */
    public Future<Integer> review(RuleSet rules) {
        context.runOnContext(go -> {
            Future<Void> unused = rechecks.startAnew();
        });
        return end(() -> live.end(new NoLongerAllowed(rules), EndReason.REVOKED), EndReason.REVOKED);
    }

    /** On a worker, as a walk through tens of thousands would hold up the tunnels of this loop. */
    private Future<SessionPage> list(ListSessions question) {
        return vertx.executeBlocking(
                () -> SessionPage.of(live.all(), cluster.name(), question.filter(), question.after(), question.size()),
                false);
    }

    private Future<Integer> kill(SessionFilter filter) {
        return end(
                () -> live.end(session -> filter.matches(session, cluster.name()), EndReason.KILLED), EndReason.KILLED);
    }

    /** What is remembered goes first, or a session could be let in on it. */
    private Future<Integer> revoke(Revocation revocation) {
        auth.forget(revocation);
        return end(() -> live.revoke(revocation), EndReason.REVOKED);
    }

    /** Not those of the same user who came as the one that it is now. */
    private void endAllOf(Identity known) {
        auth.forget(Revocation.of(known));
        Future<Integer> unused = end(
                () -> live.end(session -> session.info().identity().equals(known), EndReason.REVOKED),
                EndReason.REVOKED);
    }

    private Future<Integer> end(Callable<List<LiveSession>> ending, EndReason reason) {
        return vertx.executeBlocking(ending, false).compose(sessions -> {
            if (!sessions.isEmpty()) {
                LOG.info("{} session(s) {}", sessions.size(), reason);
            }
            return gone(sessions, LOOKS).map(sessions.size());
        });
    }

    /** Each ends on its own event loop; who has asked may list what is left when he has the answer. */
    private Future<Void> gone(List<LiveSession> sessions, int looks) {
        boolean over = sessions.stream()
                .noneMatch(session ->
                        live.find(session.info().id()).filter(session::equals).isPresent());
        return over || looks == 0
                ? Future.succeededFuture()
                : vertx.timer(LOOK).compose(tick -> gone(sessions, looks - 1));
    }

    /** Also if it is done twice on some nodes: there it finds nothing to end. */
    private void carryOut(Revocation revocation, int triesLeft) {
        everywhere.revoke(revocation).onSuccess(ended -> {
            if (ended.silent().isEmpty()) {
                return;
            }
            if (triesLeft > 1) {
                long unused = vertx.setTimer(AGAIN, tick -> carryOut(revocation, triesLeft - 1));
            } else {
                LOG.warn("sessions of revoked users may still be open on {}, which do not answer", ended.silent());
            }
        });
    }
}
