package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.KeepsSecret;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KeepsSecret(Vectors.HORSE)
class FileAuthenticatorIT {

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicInteger verified = new AtomicInteger();
    private final PasswordChecker checker = new PasswordChecker(
            vertx.createSharedWorkerExecutor("hashing", 1),
            new HashingSettings(1, Long.MAX_VALUE, Long.MAX_VALUE, System::nanoTime, (hash, password) -> {
                verified.incrementAndGet();
                return hash.verify(password);
            }));

    private Path folder;
    private Path path;
    private FileAuthenticator authenticator;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        path = folder.resolve("users");
        Files.writeString(path, "alice:" + Vectors.APR1 + "\n");
        authenticator = new FileAuthenticator("staff", path, checker, FileAuthenticator.read(path));
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void knowsTheUsersOfItsFile() {
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
        assertThat(ask("alice", "wrong")).isEqualTo(Answer.WRONG_PASSWORD);
        assertThat(ask("bob", Vectors.HORSE)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void readsAFileThatIsWrittenAgain() throws IOException {
        try (LogCapture log = LogCapture.open()) {
            Files.writeString(path, "[{\"name\":\"bob\",\"password\":\"x\",\"groups\":[\"ops\",\"dev\"]}]");
            refresh();

            assertThat(ask("bob", "x")).isEqualTo(accepted("bob", "ops", "dev"));
            assertThat(ask("alice", Vectors.HORSE)).isInstanceOf(Answer.Unknown.class);
            assertThat(log.await("has read")).contains("authenticator staff", "1 users");
        }
    }

    @Test
    void readsAFileThatIsReplacedByOneOfTheSameSizeAndTime() throws IOException {
        Path other = folder.resolve("other");
        Files.writeString(other, Files.readString(path).replace("alice", "carol"));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        refresh();

        assertThat(ask("carol", Vectors.HORSE)).isEqualTo(accepted("carol"));
    }

    @Test
    void tellsWhoIsNotTheSameAnyMore() throws IOException {
        Files.writeString(path, """
                [{"name":"same","password":"p","groups":["a","b"]},{"name":"gone","password":"p"},
                 {"name":"other password","password":"p"},{"name":"less","password":"p","groups":["a","b"]},
                 {"name":"more","password":"p"}]""");
        assertThat(refresh()).isEqualTo(new ChangedUsers("staff", Set.of("alice"), Set.of()));
        Identity less = new Identity("less", Set.of("a", "b"));
        assertThat(standing(less)).isEqualTo(Standing.GOOD);

        Files.writeString(path, """
                [{"name":"same","password":"p","groups":["b","a"]},{"name":"new","password":"p"},
                 {"name":"other password","password":"q"},{"name":"less","password":"p","groups":["a"]},
                 {"name":"more","password":"p","groups":["a"]}]""");
        assertThat(refresh())
                .isEqualTo(new ChangedUsers("staff", Set.of("gone"), Set.of("other password", "less", "more")));
        assertThat(standing(less)).isEqualTo(Standing.CHANGED);
        assertThat(standing(new Identity("gone", Set.of()))).isEqualTo(Standing.GONE);
        assertThat(standing(new Identity("same", Set.of("a", "b")))).isEqualTo(Standing.GOOD);
    }

    @Test
    void nobodyIsGoneBecauseTheFileIsWrongOrNotThere() throws IOException {
        Files.writeString(path, "[{");
        assertThat(refresh()).isEqualTo(ChangedUsers.none("staff"));
        Files.delete(path);
        assertThat(refresh()).isEqualTo(ChangedUsers.none("staff"));
        assertThat(standing(new Identity("alice", Set.of()))).isEqualTo(Standing.GOOD);
    }

    private Standing standing(Identity known) {
        return Await.result(authenticator.standing(known));
    }

    @Test
    void forgetsASuccessWhoseHashHasChanged() throws IOException {
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
        assertThat(verified).hasValue(1);

        Files.writeString(path, "alice:new password\n");
        refresh();

        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(Answer.WRONG_PASSWORD);
    }

    @Test
    void keepsTheUsersWhileTheFileIsWrongAndWarnsOnce() throws IOException {
        try (LogCapture log = LogCapture.open()) {
            Files.writeString(path, "bob:x\nalice:" + Vectors.APR1 + "broken\n");
            refresh();
            refresh();

            assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
            assertThat(ask("bob", "x")).isInstanceOf(Answer.Unknown.class);
            assertThat(log.all())
                    .filteredOn(line -> line.contains("keeps"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("users:2: user alice: malformed crypt hash")
                    .doesNotContain("IWTLW");

            Files.writeString(path, "bob:x\n");
            refresh();
            assertThat(ask("bob", "x")).isEqualTo(accepted("bob"));
        }
    }

    @Test
    void keepsTheUsersWhileTheFileIsGoneAndWarnsOnce() throws IOException {
        try (LogCapture log = LogCapture.open()) {
            Files.delete(path);
            refresh();
            refresh();

            assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
            assertThat(log.all())
                    .filteredOn(line -> line.contains("there is no such file"))
                    .hasSize(1);

            Files.writeString(path, "bob:x\n");
            refresh();
            assertThat(ask("bob", "x")).isEqualTo(accepted("bob"));
        }
    }

    @Test
    void doesNotReadAFileThatIsStillBeingWritten() throws IOException {
        Files.writeString(path, "");
        look();
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
        Files.writeString(path, "bob:x\n");
        look();
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("alice"));
        look();
        assertThat(ask("bob", "x")).isEqualTo(accepted("bob"));
    }

    @Test
    void validatesFiles() throws IOException {
        assertThat(FileAuthenticator.validate(path)).isEmpty();
        assertThat(FileAuthenticator.validate(folder)).containsExactly(folder + ": not a file");
        assertThat(FileAuthenticator.validate(folder.resolve("none")))
                .containsExactly(folder.resolve("none") + ": there is no such file");

        Files.writeString(path, "\uFEFFalice\nbob\n");
        assertThat(FileAuthenticator.validate(path))
                .hasSize(2)
                .first()
                .asString()
                .startsWith(path + ":1: ");

        Files.write(path, new byte[] {'a', ':', 'x', '\n', 'b', ':', (byte) 0xff, '\n'});
        assertThat(FileAuthenticator.validate(path)).containsExactly(path + ":2: this is not UTF-8");

        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(UserFile.MAX_OCTETS + 1L);
        }
        assertThat(FileAuthenticator.validate(path)).singleElement().asString().contains("too large");
    }

    @Test
    void readsAnEmptyFile() throws IOException {
        Files.writeString(path, "");
        refresh();

        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(new Answer.Unknown(null));
    }

    /** Two looks: the first sees a change, the second that it is over. */
    @CanIgnoreReturnValue
    private ChangedUsers refresh() {
        assertThat(look()).isEqualTo(ChangedUsers.none("staff"));
        return look();
    }

    @CanIgnoreReturnValue
    private ChangedUsers look() {
        return Await.result(Await.on(loop, () -> authenticator.refresh(vertx)));
    }

    private Answer ask(String user, String password) {
        AuthRequest request =
                new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, password));
        return Await.result(Await.on(loop, () -> authenticator.authenticate(request)));
    }

    private static Answer accepted(String user, String... groups) {
        return new Answer.Accepted(new Identity(user, Set.of(groups)));
    }
}
