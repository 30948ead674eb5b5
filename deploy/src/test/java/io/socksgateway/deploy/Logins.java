package io.socksgateway.deploy;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Two users and their passwords for the gateway, as an authenticator. */
final class Logins {

    private static final Map<String, String> PASSWORDS = Map.of("alice", "wonder:land", "bob", "bräuhaus");

    private Logins() {}

    static String password(String user) {
        return Objects.requireNonNull(PASSWORDS.get(user), user);
    }

    static Future<AuthOutcome> check(AuthRequest request) {
        String user = request.credentials().user();
        String password = new String(request.credentials().password(), StandardCharsets.UTF_8);
        return Future.succeededFuture(
                password.equals(PASSWORDS.get(user))
                        ? new AuthOutcome.Accepted(new Identity(user, Set.of()))
                        : new AuthOutcome.Rejected("wrong password"));
    }
}
