package io.socksgateway.auth;

import io.socksgateway.auth.sql.DatabaseException;
import io.socksgateway.auth.sql.StoredUser;
import io.socksgateway.auth.sql.UserDatabase;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows the users of a database, by their stored hashes. The password itself is never sent there.
 *
 * <p>Confined to the event loop of its verticle; the database is talked to by workers.
 */
final class SqlSource implements RemoteSource<Optional<StoredUser>> {

    private static final Answer DISABLED = new Answer.Rejected("disabled");
    private static final Answer NO_PASSWORD = new Answer.Rejected("no password");

    private final String name;
    private final UserDatabase database;
    private final WorkerExecutor workers;
    private final PasswordChecker checker;
    private final DecoyCost decoys;

    /**
     * @param usual what a password costs most likely, before one was seen
     */
    SqlSource(String name, UserDatabase database, WorkerExecutor workers, PasswordChecker checker, PasswordHash usual) {
        this.name = name;
        this.database = database;
        this.workers = workers;
        this.checker = checker;
        this.decoys = new DecoyCost(usual);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Optional<StoredUser>> ask(AuthRequest request) {
        String user = request.credentials().user();
        return workers.executeBlocking(() -> Optional.ofNullable(database.find(user)), false)
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    @Override
    public Future<Answer> judge(Optional<StoredUser> found, AuthRequest request) {
        if (found.isEmpty()) {
            return Future.succeededFuture(new Answer.Unknown(decoys.decoy()));
        }
        StoredUser user = found.get();
        requireNames(user);
        UserPassword credentials = request.credentials();
        if (user.password() == null || user.password().isEmpty()) {
            return checker.check(credentials, decoys.decoy()).map(NO_PASSWORD);
        }
        PasswordHash hash = parse(user.password());
        decoys.saw(hash);
        Answer right = user.enabled() ? new Answer.Accepted(new Identity(user.name(), user.groups())) : DISABLED;
        return checker.check(credentials, hash).map(fits -> fits ? right : Answer.WRONG_PASSWORD);
    }

    @Override
    public Future<Standing> standing(String login, Identity known) {
        return workers.executeBlocking(() -> standing(database.find(login), known), false)
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    @Override
    public Future<Answer> look(String user) {
        return workers.executeBlocking(() -> database.find(user), false)
                .recover(failure -> Future.failedFuture(named(failure)))
                .map(SqlSource::known);
    }

    private static Answer known(@Nullable StoredUser user) {
        if (user == null) {
            return new Answer.Unknown(null);
        }
        requireNames(user);
        return user.enabled() ? new Answer.Accepted(new Identity(user.name(), user.groups())) : DISABLED;
    }

    private static void requireNames(StoredUser user) {
        if (!UserTable.isName(user.name()) || !user.groups().stream().allMatch(UserTable::isName)) {
            throw new AuthException("the database: the name of a user or group is malformed");
        }
    }

    private static Standing standing(@Nullable StoredUser now, Identity known) {
        if (now == null) {
            return Standing.ofUnknown(known);
        }
        return now.enabled() ? Standing.of(now.name(), now.groups(), known) : Standing.GONE;
    }

    /** Asks about nobody, so that also a query that is wrong shows at the start. */
    @Override
    public Future<Void> prepare() {
        return workers.executeBlocking(() -> database.find(""), false)
                .recover(failure -> Future.failedFuture(named(failure)))
                .mapEmpty();
    }

    @Override
    public void close() {
        database.close();
    }

    private static PasswordHash parse(String stored) {
        try {
            return PasswordHash.parse(stored);
        } catch (IllegalArgumentException e) {
            throw new AuthException("the database: the password of a user: " + e.getMessage());
        }
    }

    private static Throwable named(Throwable failure) {
        return failure instanceof DatabaseException
                ? new AuthException("the database: " + failure.getMessage())
                : failure;
    }
}
