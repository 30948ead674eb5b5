package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import java.util.List;

/**
 * The users of {@code auth.users}.
 *
 * <p>Immutable.
 */
final class ConfiguredUsers implements Authenticator {

    static final String NAME = "auth.users";

    private final UserTable users;
    private final PasswordChecker checker;

    ConfiguredUsers(UserTable users, PasswordChecker checker) {
        this.users = users;
        this.checker = checker;
    }

    /** Collects the users and what is wrong with them. */
    static UserTable.Builder read(List<AuthConfig.User> users) {
        UserTable.Builder table = new UserTable.Builder();
        for (int i = 0; i < users.size(); i++) {
            AuthConfig.User user = users.get(i);
            table.add(NAME + "[" + i + "]", user.name(), user.password().value(), user.groups());
        }
        return table;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<Answer> look(String user) {
        return Future.succeededFuture(users.look(user));
    }

    @Override
    public Future<Answer> authenticate(AuthRequest request) {
        return users.answer(request.credentials(), checker);
    }

    @Override
    public Future<Standing> standing(Identity known) {
        return Future.succeededFuture(users.standing(known));
    }
}
