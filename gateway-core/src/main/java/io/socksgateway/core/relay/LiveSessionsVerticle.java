package io.socksgateway.core.relay;

import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.ListSessions;
import io.socksgateway.core.bus.SessionsClient;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.Revocation;
import io.socksgateway.core.session.SessionPage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@link SessionsClient}s of any node for the sessions of this one: lists them, and ends them. One instance a
 * node.
 */
public final class LiveSessionsVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSessionsVerticle.class);

    /** Milliseconds from one look to the next at whether the sessions are gone. */
    private static final long LOOK = 10;

    /** Looks; an event loop that is busier than that ends them later. */
    private static final int LOOKS = 100;

    private final ClusterBus bus;
    private final AuthClient auth;
    private final LiveSessions live;

    public LiveSessionsVerticle(ClusterBus bus, AuthClient auth, LiveSessions live) {
        this.bus = bus;
        this.auth = auth;
        this.live = live;
    }

    @Override
    public Future<?> start() {
        return SessionsClient.answer(
                bus,
                this::list,
                filter -> end(
                        () -> live.end(session -> filter.matches(session, bus.name()), EndReason.KILLED),
                        EndReason.KILLED),
                this::revoke);
    }

    /** What is remembered goes first, or a session could be let in on it. */
    private Future<Integer> revoke(Revocation revocation) {
        auth.forget(revocation);
        return end(() -> live.revoke(revocation), EndReason.REVOKED);
    }

    /** On a worker, as a walk through tens of thousands would hold up the tunnels of this loop. */
    private Future<SessionPage> list(ListSessions question) {
        return vertx.executeBlocking(
                () -> SessionPage.of(live.all(), bus.name(), question.filter(), question.after(), question.size()),
                false);
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
}
