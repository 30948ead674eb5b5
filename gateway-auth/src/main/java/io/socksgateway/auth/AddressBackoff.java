package io.socksgateway.auth;

import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.quota.LoginSubject;
import io.socksgateway.core.session.MethodAnswer;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Stands before who lets clients in by anything but a password as {@link Backoff} stands before the authenticators. Who fails is known
 * by its address alone, and a success forgives nothing, as nobody knows whose failures they were. How such a method says
 * no is a secret of its owner, so a banned client is just disconnected, when it begins, or when it would have been let in.
 *
 * <p>Confined to the event loop of its verticle.
 *
 * @param <Q> what is asked
 * @param <A> the answers
 */
final class AddressBackoff<Q, A> {

    private static final String BANNED = "banned after too many failed logins";

    private final Backoff backoff;
    private final Function<Q, Future<A>> owner;
    private final Function<Q, InetAddress> client;
    private final Function<A, Verdict> verdict;
    private final A ban;

    /** What an answer says of the client. */
    private enum Verdict {
        UNDECIDED,
        REJECTED,
        ACCEPTED
    }

    private AddressBackoff(
            Backoff backoff,
            Function<Q, Future<A>> owner,
            Function<Q, InetAddress> client,
            Function<A, Verdict> verdict,
            A ban) {
        this.backoff = backoff;
        this.owner = owner;
        this.client = client;
        this.verdict = verdict;
        this.ban = ban;
    }

    /** Before the owners of methods of their own. */
    static AddressBackoff<ExchangeRequest, MethodAnswer> ofMethods(
            Backoff backoff, Function<ExchangeRequest, Future<MethodAnswer>> owner) {
        return new AddressBackoff<>(
                backoff,
                owner,
                ExchangeRequest::client,
                answer -> answer instanceof MethodAnswer.Rejected
                        ? Verdict.REJECTED
                        : answer instanceof MethodAnswer.Accepted ? Verdict.ACCEPTED : Verdict.UNDECIDED,
                new MethodAnswer.Rejected(ByteBuffer.allocate(0), BANNED));
    }

    /** Before the acceptor of security contexts. */
    static AddressBackoff<GssRequest, GssOutcome> ofContexts(
            Backoff backoff, Function<GssRequest, Future<GssOutcome>> acceptor) {
        return new AddressBackoff<>(
                backoff,
                acceptor,
                GssRequest::client,
                outcome -> outcome instanceof GssOutcome.NoContext
                        ? Verdict.REJECTED
                        : outcome instanceof GssOutcome.Established ? Verdict.ACCEPTED : Verdict.UNDECIDED,
                new GssOutcome.NoContext(BANNED));
    }

    Future<A> ask(Q request) {
        LoginSubject who = LoginSubject.of(client.apply(request));
        if (backoff.isBanned(who)) {
            return Future.succeededFuture(ban);
        }
        return owner.apply(request).map(answer -> {
            Verdict decided = verdict.apply(answer);
            if (decided == Verdict.REJECTED) {
                backoff.rejected(who);
            } else if (decided == Verdict.ACCEPTED) {
                // others of a burst may have failed meanwhile
                if (backoff.isBanned(who)) {
                    closeUnused(answer);
                    return ban;
                }
                backoff.accepted();
            }
            return answer;
        });
    }

    /** Nobody else will. */
    private static void closeUnused(Object answer) {
        if (answer instanceof GssOutcome.Established established) {
            established.messages().close();
        }
    }
}
