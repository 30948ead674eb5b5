package io.socksgateway.auth;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Ban;
import io.socksgateway.core.bus.BanFilter;
import io.socksgateway.core.bus.BansClient;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginSubject;
import io.socksgateway.core.quota.LoginTally;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the authenticators and slows down who guesses passwords: who fails too often is rejected for a while without
 * anybody being asked, in about the time that a wrong password takes.
 *
 * <p>A failure is counted behind the answer, in the store of the cluster; all nodes are told, and look up bans in what they have
 * been told. So a login that goes well waits for nobody.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class Backoff {

    private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);
    private static final AuthOutcome BANNED = new AuthOutcome.Rejected("banned after too many failed logins");

    /** Milliseconds for the nodes to tell a new one of the bans. */
    private static final long TELLING = 5_000;

    private final Vertx vertx;
    private final BackoffRule rule;
    private final BackoffServices services;
    private final Function<AuthRequest, Future<AuthOutcome>> chain;
    private final Function<UserPassword, Future<Boolean>> decoy;
    private final long patience;
    private final LongSupplier clock;
    private final BansClient others;
    private final BanTable table;
    private final UndecidedLogins undecided;
    private final RejectionTimes times =
            new RejectionTimes(bound -> ThreadLocalRandom.current().nextInt(bound));

    /**
     * @param chain asks the authenticators
     * @param decoy as much work as a password usually is
     * @param patience milliseconds that an asker waits
     * @param clock nanoseconds, monotonic
     */
    Backoff(
            Vertx vertx,
            BackoffRule rule,
            BackoffServices services,
            Function<AuthRequest, Future<AuthOutcome>> chain,
            Function<UserPassword, Future<Boolean>> decoy,
            long patience,
            LongSupplier clock) {
        this.vertx = vertx;
        this.rule = rule;
        this.services = services;
        this.chain = chain;
        this.decoy = decoy;
        this.patience = TimeUnit.MILLISECONDS.toNanos(patience);
        this.clock = clock;
        this.others = new BansClient(services.cluster(), TELLING);
        this.table = new BanTable(rule.within(), clock);
        this.undecided = new UndecidedLogins(this::room, task -> vertx.runOnContext(go -> task.run()));
    }

    /** Answers for the bans of this node, and asks the others for theirs, and the one of this node before it, if there is one. */
    Future<?> start() {
        return services.hasPredecessor()
                ? learnAll().compose(known -> answer())
                : answer().onSuccess(ready -> learnAll());
    }

    private Future<?> answer() {
        return BansClient.answer(services.cluster(), table::bans, this::lift, table::learn)
                .onSuccess(services::succeed);
    }

    @CanIgnoreReturnValue // what nobody tells now is told when the next login fails
    private Future<?> learnAll() {
        return others.list().onSuccess(listing -> listing.bans().forEach(table::learn));
    }

    Future<AuthOutcome> authenticate(AuthRequest request) {
        LoginSubject who =
                LoginSubject.of(request.client(), request.credentials().user());
        if (!rule.bans()) {
            return ask(request);
        } else if (isBanned(who)) {
            return banned(request.credentials());
        }
        return undecided.enter(who) ? decide(who, request) : await(who, request);
    }

    /** So that what is undecided and what has failed together are no more than lead to a ban. */
    private int room(String key) {
        return Math.max(1, rule.failures() - table.failures(key));
    }

    private static Ban ban(String key, LoginTally tally) {
        return new Ban(key, tally.banned(), tally.failures());
    }

    /** With a password of its own, as an asker that has given up wipes the other. */
    private Future<AuthOutcome> await(LoginSubject who, AuthRequest request) {
        UserPassword credentials = new UserPassword(
                request.credentials().user(), request.credentials().password().clone());
        AuthRequest copy = new AuthRequest(request.session(), request.listener(), request.client(), credentials);
        long begun = clock.getAsLong();
        Promise<AuthOutcome> outcome = Promise.promise();
        undecided.await(who, () -> {
            Future<AuthOutcome> decision;
            if (clock.getAsLong() - begun >= patience) {
                undecided.decided(who);
                decision = Future.failedFuture(
                        new OverloadException("the login waited for too long behind others of its client or user"));
            } else if (isBanned(who)) {
                undecided.decided(who);
                decision = banned(credentials);
            } else {
                decision = decide(who, copy);
            }
            decision.onComplete(result -> {
                credentials.wipe();
                outcome.handle(result);
            });
        });
        return outcome.future();
    }

    /**
     * It is decided when the failure has been counted, so that the next in turn finds the ban; or when the asker has given up, as
     * others wait.
     */
    private Future<AuthOutcome> decide(LoginSubject who, AuthRequest request) {
        Future<AuthOutcome> asked = ask(request);
        LoginTurn turn = new LoginTurn(vertx, () -> undecided.decided(who));
        if (!asked.isComplete()) {
            turn.endIn(TimeUnit.NANOSECONDS.toMillis(patience));
        }
        return asked.onComplete(decision -> {
            if (decision.result() instanceof AuthOutcome.Rejected) {
                failed(who).onComplete(counted -> turn.end());
            } else {
                if (decision.succeeded()) {
                    forgive(who);
                }
                turn.end();
            }
        });
    }

    private Future<AuthOutcome> ask(AuthRequest request) {
        long begun = clock.getAsLong();
        return chain.apply(request).onSuccess(outcome -> {
            if (outcome instanceof AuthOutcome.Rejected) {
                services.counts().failed().increment();
                times.add(clock.getAsLong() - begun);
            } else {
                accepted();
            }
        });
    }

    /** Somebody has been let in. */
    void accepted() {
        services.counts().accepted().increment();
    }

    /** Whether somebody is not to be asked about; if so, that is counted. */
    boolean isBanned(LoginSubject who) {
        boolean banned = table.banned(who);
        if (banned) {
            services.counts().banned().increment();
        }
        return banned;
    }

    /** Somebody who is not watched otherwise has not been let in. */
    void rejected(LoginSubject who) {
        services.counts().failed().increment();
        if (rule.bans()) {
            Future<?> unused = failed(who);
        }
    }

    private Future<?> failed(LoginSubject who) {
        List<Future<Ban>> counting = who.keys().stream()
                .map(key -> services.failures().failed(key, who.tag(), rule).map(tally -> ban(key, tally)))
                .toList();
        return Future.all(counting).onSuccess(counted -> {
            List<Ban> bans = counted.list();
            bans.forEach(this::learn);
            others.tell(bans);
        });
    }

    private void learn(Ban ban) {
        if (table.learn(ban)) {
            services.counts().bans().increment();
            LOG.warn(
                    "{} banned for {} s after {} failed logins in {} s",
                    inWords(ban),
                    TimeUnit.MILLISECONDS.toSeconds(ban.millisLeft()),
                    rule.failures(),
                    TimeUnit.MILLISECONDS.toSeconds(rule.within()));
        }
    }

    /** The name comes from who guesses, and could hold anything. */
    private static String inWords(Ban ban) {
        String user = ban.user().replaceAll("\\p{Cntrl}", "?");
        return user.isEmpty() ? "client " + ban.client() : "user \"" + user + "\" from " + ban.client();
    }

    private void forgive(LoginSubject who) {
        for (String key : who.keys()) {
            if (table.failures(key) > 0) {
                services.failures().succeeded(key, who.tag(), rule).onSuccess(tally -> {
                    Ban left = ban(key, tally);
                    table.learn(left);
                    others.tell(List.of(left));
                });
            }
        }
    }

    private Future<AuthOutcome> banned(UserPassword credentials) {
        long nanos = times.any();
        if (nanos < 0) {
            // nobody has failed here since the start: the ban comes from another node
            long begun = clock.getAsLong();
            return decoy.apply(credentials).transform(checked -> {
                times.add(clock.getAsLong() - begun);
                return Future.succeededFuture(BANNED);
            });
        }
        return vertx.timer(Math.max(1, nanos), TimeUnit.NANOSECONDS).map(BANNED);
    }

    private List<String> lift(BanFilter which) {
        List<String> lifted = table.lift(which::matches);
        lifted.forEach(services.failures()::clear);
        if (!lifted.isEmpty()) {
            LOG.info("{} ban(s) lifted", lifted.size());
        }
        return lifted;
    }
}
