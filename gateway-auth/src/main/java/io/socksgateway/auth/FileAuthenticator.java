package io.socksgateway.auth;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.FileVersion;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the users of a file: JSON or Apache's htpasswd. A file that changes is read again; while it is wrong or gone, the users
 * from before stay.
 *
 * <p>Confined to the event loop of its verticle.
 */
public final class FileAuthenticator implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(FileAuthenticator.class);

    private final String name;
    private final Path path;
    private final PasswordChecker checker;
    private UserTable users;
    /** Of the users, or of a file that was wrong. */
    private @Nullable FileVersion version;

    private @Nullable FileVersion lastSeen;
    private boolean refreshing;

    FileAuthenticator(String name, Path path, PasswordChecker checker, Contents contents) {
        this.name = name;
        this.path = path;
        this.checker = checker;
        this.users = contents.users;
        this.version = contents.version;
        this.lastSeen = contents.version;
    }

    /** The users of one version of the file. */
    record Contents(@Nullable FileVersion version, UserTable users) {}

    /**
     * What a look at the file has found.
     *
     * @param settled whether there is a new version, and nobody is writing it any more
     * @param users its users, or null if it has a problem
     */
    private record Look(
            @Nullable FileVersion version,
            boolean settled,
            @Nullable UserTable users,
            String problem) {}

    /** What is wrong with a file, each with its line; empty if it is fine. Blocks. */
    public static List<String> validate(Path path) {
        try {
            Contents unused = read(path);
            return List.of();
        } catch (UserSourceException e) {
            return e.problems();
        }
    }

    /**
     * Reads the file. Blocks.
     *
     * @throws UserSourceException if it cannot be read or anything in it is wrong
     */
    static Contents read(Path path) {
        // Looked at first: what is written in between makes for another version.
        FileVersion version = FileVersion.of(path);
        return new Contents(version, UserFile.read(path));
    }

    @Override
    public String name() {
        return name;
    }

    /** As they are known just now. */
    UserTable users() {
        return users;
    }

    @Override
    public Future<Answer> authenticate(AuthRequest request) {
        return users.answer(request.credentials(), checker);
    }

    @Override
    public Future<Standing> standing(Identity known) {
        return Future.succeededFuture(users.standing(known));
    }

    @Override
    public Future<Answer> look(String user) {
        return Future.succeededFuture(users.look(user));
    }

    /**
     * Looks whether the file has changed, away from the event loop, and reads it once two looks in a row have seen the same:
     * until then somebody may still be writing. The log says how it went.
     *
     * @return what has become of the users
     */
    @CanIgnoreReturnValue
    Future<ChangedUsers> refresh(Vertx vertx) {
        if (refreshing) {
            return Future.succeededFuture(ChangedUsers.none(name));
        }
        refreshing = true;
        FileVersion known = version;
        FileVersion before = lastSeen;
        return vertx.executeBlocking(() -> look(known, before), false)
                .onComplete(looked -> refreshing = false)
                .map(this::apply)
                .onFailure(failure -> LOG.warn("authenticator {}: {} cannot be read", name, path, failure));
    }

    private Look look(@Nullable FileVersion known, @Nullable FileVersion before) {
        FileVersion current = FileVersion.of(path);
        if (Objects.equals(current, known) || !Objects.equals(current, before)) {
            return new Look(current, false, null, "");
        }
        UserTable read = null;
        String problem = "";
        try {
            read = UserFile.read(path);
        } catch (UserSourceException e) {
            problem = String.valueOf(e.getMessage());
        }
        FileVersion after = FileVersion.of(path);
        return new Look(after, Objects.equals(after, current), read, problem);
    }

    private ChangedUsers apply(Look look) {
        lastSeen = look.version;
        if (!look.settled) {
            return ChangedUsers.none(name);
        }
        // A wrong version too: it is not worth another look, nor another warning, until it changes.
        version = look.version;
        if (look.users == null) {
            LOG.warn("authenticator {} keeps the {} users from before: {}", name, users.size(), look.problem);
            return ChangedUsers.none(name);
        }
        ChangedUsers changes = ChangedUsers.between(name, users, look.users);
        users = look.users;
        LOG.info("authenticator {} has read {} again: {} users", name, path, users.size());
        return changes;
    }
}
