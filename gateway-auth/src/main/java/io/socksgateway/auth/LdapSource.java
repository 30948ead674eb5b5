package io.socksgateway.auth;

import io.socksgateway.auth.ldap.Directory;
import io.socksgateway.auth.ldap.DirectoryAnswer;
import io.socksgateway.auth.ldap.DirectoryException;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;

/**
 * Knows the users of a directory.
 *
 * <p>Confined to the event loop of its verticle; the directory is talked to by workers.
 */
final class LdapSource implements RemoteSource<DirectoryAnswer> {

    private static final Answer UNKNOWN = new Answer.Unknown(null);

    private final String name;
    private final Directory directory;
    private final WorkerExecutor workers;

    LdapSource(String name, Directory directory, WorkerExecutor workers) {
        this.name = name;
        this.directory = directory;
        this.workers = workers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<DirectoryAnswer> ask(AuthRequest request) {
        String user = request.credentials().user();
        byte[] password = request.credentials().password();
        return workers.executeBlocking(() -> directory.login(user, password), false)
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    @Override
    public Future<Answer> judge(DirectoryAnswer said, AuthRequest request) {
        return Future.succeededFuture(answer(said));
    }

    @Override
    public Future<Standing> standing(String login, Identity known) {
        return workers.executeBlocking(() -> standing(directory.look(login), known), false)
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    @Override
    public Future<Answer> look(String user) {
        return workers.executeBlocking(
                        () -> directory.look(user).map(LdapSource::answer).orElse(UNKNOWN), false)
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    private static Standing standing(Optional<DirectoryAnswer> found, Identity known) {
        if (found.isEmpty()) {
            return Standing.UNTOLD;
        }
        DirectoryAnswer answer = found.get();
        if (answer instanceof DirectoryAnswer.Right now) {
            return Standing.of(now.name(), now.groups(), known);
        }
        return answer instanceof DirectoryAnswer.Wrong ? Standing.GONE : Standing.ofUnknown(known);
    }

    @Override
    public Future<Void> prepare() {
        return workers.<Void>executeBlocking(
                        () -> {
                            directory.connect();
                            return null;
                        },
                        false)
                .recover(failure -> Future.failedFuture(named(failure)));
    }

    @Override
    public void close() {
        directory.close();
    }

    private static Answer answer(DirectoryAnswer answer) {
        if (answer instanceof DirectoryAnswer.Right right) {
            if (!UserTable.isName(right.name()) || !right.groups().stream().allMatch(UserTable::isName)) {
                throw new AuthException("the directory: the name of a user or group is malformed");
            }
            return new Answer.Accepted(new Identity(right.name(), right.groups()));
        }
        return answer instanceof DirectoryAnswer.Wrong wrong ? new Answer.Rejected(wrong.reason()) : UNKNOWN;
    }

    private static Throwable named(Throwable failure) {
        return failure instanceof DirectoryException
                ? new AuthException("the directory: " + failure.getMessage())
                : failure;
    }
}
