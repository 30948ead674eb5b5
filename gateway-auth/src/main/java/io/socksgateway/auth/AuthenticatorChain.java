package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.Revocation;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks authenticators one after the other, until one knows the user or fails.
 *
 * <p>A password is checked exactly once, also if nobody knows the user: then against a decoy.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class AuthenticatorChain {

    private static final AuthOutcome UNKNOWN_USER = new AuthOutcome.Rejected("unknown user");

    private final List<Authenticator> authenticators;
    /** One for each authenticator. */
    private final List<Outage> outages;

    private final PasswordChecker checker;

    AuthenticatorChain(List<Authenticator> authenticators, PasswordChecker checker) {
        this(authenticators, checker, System::nanoTime);
    }

    /**
     * @param clock nanoseconds, monotonic
     */
    AuthenticatorChain(List<Authenticator> authenticators, PasswordChecker checker, LongSupplier clock) {
        this.authenticators = List.copyOf(authenticators);
        this.outages = authenticators.stream()
                .map(each -> new Outage(each.name(), clock))
                .toList();
        this.checker = checker;
    }

    Future<AuthOutcome> authenticate(AuthRequest request) {
        return ask(request, 0, null);
    }

    /** How it stands with somebody whom one of them has vouched for. */
    Future<Standing> standing(Identity known) {
        return authenticators.stream()
                .filter(each -> each.name().equals(known.source()))
                .findFirst()
                .map(each -> each.standing(known))
                .orElse(Future.succeededFuture(Standing.UNTOLD));
    }

    /** What the first one that knows a user says of it, without a login. */
    Future<Answer> look(String user) {
        return look(user, 0);
    }

    private Future<Answer> look(String user, int next) {
        if (next == authenticators.size()) {
            return Future.succeededFuture(new Answer.Unknown(null));
        }
        Authenticator authenticator = authenticators.get(next);
        return authenticator
                .look(user)
                .recover(failure -> Future.failedFuture(failed(authenticator, failure, outages.get(next))))
                .compose(answer ->
                        answer instanceof Answer.Unknown ? look(user, next + 1) : Future.succeededFuture(answer));
    }

    /** Lets them forget what they remember of users. */
    void forget(Revocation revocation) {
        authenticators.stream()
                .filter(each -> revocation.concernsSource(each.name()))
                .forEach(each -> each.forget(revocation::concernsUser));
        checker.forget(revocation::concernsUser);
    }

    private Future<AuthOutcome> ask(AuthRequest request, int next, @Nullable PasswordHash decoy) {
        if (next == authenticators.size()) {
            return nobodyKnows(request, decoy);
        }
        Authenticator authenticator = authenticators.get(next);
        return attempt(authenticator, request)
                .recover(failure -> Future.failedFuture(failed(authenticator, failure, outages.get(next))))
                .compose(answer -> {
                    outages.get(next).answered();
                    if (answer instanceof Answer.Accepted accepted) {
                        return Future.succeededFuture(new AuthOutcome.Accepted(accepted.identity()
                                .from(authenticator.name())
                                .loggedInAs(request.credentials().user())));
                    }
                    if (answer instanceof Answer.Rejected rejected) {
                        return Future.succeededFuture(new AuthOutcome.Rejected(rejected.reason()));
                    }
                    return ask(request, next + 1, costlier(decoy, ((Answer.Unknown) answer).decoy()));
                });
    }

    private static Future<Answer> attempt(Authenticator authenticator, AuthRequest request) {
        try {
            return authenticator.authenticate(request);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Only a message that is our own is passed on: a foreign one might quote the credentials. */
    private static Throwable failed(Authenticator authenticator, Throwable failure, Outage outage) {
        if (failure instanceof ReportedException) {
            return failure;
        }
        String why = failure instanceof AuthException
                ? failure.getMessage()
                : failure.getClass().getName();
        outage.failed(String.valueOf(why));
        return new AuthException("authenticator " + authenticator.name() + " failed: " + why);
    }

    private Future<AuthOutcome> nobodyKnows(AuthRequest request, @Nullable PasswordHash decoy) {
        return decoy == null
                ? Future.succeededFuture(UNKNOWN_USER)
                : checker.check(request.credentials(), decoy).map(UNKNOWN_USER);
    }

    private static @Nullable PasswordHash costlier(@Nullable PasswordHash one, @Nullable PasswordHash other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.cost() > one.cost() ? other : one;
    }
}
