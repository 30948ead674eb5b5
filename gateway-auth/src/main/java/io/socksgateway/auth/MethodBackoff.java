package io.socksgateway.auth;

import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.quota.LoginSubject;
import io.socksgateway.core.session.MethodAnswer;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Stands before the owners of methods as {@link Backoff} stands before the authenticators. Who fails is known by its address alone, and a
 * success forgives nothing, as nobody knows whose failures they were. How a method says no is its owner's secret, so a banned client
 * is just disconnected, when it begins, or when it would have been let in.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class MethodBackoff {

    private static final MethodAnswer BANNED =
            new MethodAnswer.Rejected(ByteBuffer.allocate(0), "banned after too many failed logins");

    private final Backoff backoff;
    private final Function<ExchangeRequest, Future<MethodAnswer>> owner;

    /**
     * @param owner asks the owner of a method
     */
    MethodBackoff(Backoff backoff, Function<ExchangeRequest, Future<MethodAnswer>> owner) {
        this.backoff = backoff;
        this.owner = owner;
    }

    Future<MethodAnswer> exchange(ExchangeRequest request) {
        LoginSubject who = LoginSubject.of(request.client());
        if (backoff.isBanned(who)) {
            return Future.succeededFuture(BANNED);
        }
        return owner.apply(request).map(answer -> {
            if (answer instanceof MethodAnswer.Rejected) {
                backoff.rejected(who);
            } else if (answer instanceof MethodAnswer.Accepted) {
                // others of a burst may have failed meanwhile
                if (backoff.isBanned(who)) {
                    return BANNED;
                }
                backoff.accepted();
            }
            return answer;
        });
    }
}
