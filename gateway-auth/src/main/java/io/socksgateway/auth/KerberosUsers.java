package io.socksgateway.auth;

import io.socksgateway.auth.gssapi.GssAcceptor;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Knows the clients that come with a Kerberos ticket. Their groups are those of the configuration and those that another
 * source has for a user of the same name; whom that source has disabled is refused.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class KerberosUsers implements Authenticator {

    private static final Answer NO_PASSWORDS = new Answer.Unknown(null);

    private final GssAcceptor acceptor;
    private final Function<String, Future<Answer>> others;

    /**
     * The clients of an acceptor.
     *
     * @param others what the other sources know of a user
     */
    KerberosUsers(GssAcceptor acceptor, Function<String, Future<Answer>> others) {
        this.acceptor = acceptor;
        this.others = others;
    }

    @Override
    public String name() {
        return acceptor.name();
    }

    @Override
    public Future<Answer> authenticate(AuthRequest request) {
        return Future.succeededFuture(NO_PASSWORDS);
    }

    /** Takes the next token of a client. A failed future means that nobody can tell: it is not let in. */
    Future<GssOutcome> accept(GssRequest request) {
        return acceptor.accept(request)
                .compose(outcome -> outcome instanceof GssOutcome.Established established
                        ? complete(established)
                        : Future.succeededFuture(outcome));
    }

    private Future<GssOutcome> complete(GssOutcome.Established established) {
        Identity client = established.identity();
        return others.apply(String.valueOf(client.user()))
                .map(known -> known instanceof Answer.Rejected rejected
                        ? refused(established, client.user() + ": " + rejected.reason())
                        : new GssOutcome.Established(
                                established.token(),
                                new Identity(client.user(), together(client.groups(), known))
                                        .until(client.expiresAt())
                                        .from(name()),
                                established.messages(),
                                established.terms()))
                .onFailure(failure -> established.messages().close());
    }

    private static GssOutcome refused(GssOutcome.Established established, String why) {
        established.messages().close();
        return new GssOutcome.NoContext(why);
    }

    private static Set<String> together(Set<String> own, Answer known) {
        Set<String> groups = new HashSet<>(own);
        if (known instanceof Answer.Accepted accepted) {
            groups.addAll(accepted.identity().groups());
        }
        return groups;
    }

    @Override
    public Future<Standing> standing(Identity known) {
        String user = String.valueOf(known.user());
        if (!acceptor.admits(user)) {
            return Future.succeededFuture(Standing.GONE);
        }
        return others.apply(user)
                .map(now -> now instanceof Answer.Rejected
                        ? Standing.GONE
                        : Standing.of(user, together(acceptor.groupsOf(user), now), known));
    }
}
