package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.Revocation;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.KeepsSecret;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KeepsSecret(Vectors.HORSE)
class AuthVerticleIT {

    private static final AuthOutcome WRONG_PASSWORD = new AuthOutcome.Rejected("wrong password");
    private static final AuthOutcome UNKNOWN_USER = new AuthOutcome.Rejected("unknown user");

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final AuthClient client = new AuthClient(bus, 30_000);
    private final Queue<String> verified = new ConcurrentLinkedQueue<>();
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    private Path first;
    private Path second;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        first = folder.resolve("first.htpasswd");
        second = folder.resolve("second.json");
        Files.writeString(first, "bob:" + Vectors.BCRYPT + "\nalice:not this one\n");
        Files.writeString(
                second,
                "{\"users\":[{\"name\":\"carol\",\"password\":\"" + Vectors.ARGON2ID + "\",\"groups\":[\"ops\"]},"
                        + "{\"name\":\"bob\",\"password\":\"nor this\"}]}");
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void asksTheUsersOfTheConfigurationThenTheFilesInOrder() {
        deploy();

        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("auth.users", "alice", "staff"));
        assertThat(ask("bob", Vectors.HORSE)).isEqualTo(accepted("first", "bob"));
        assertThat(ask("carol", Vectors.HORSE)).isEqualTo(accepted("second", "carol", "ops"));
        assertThat(ask("alice", "not this one")).isEqualTo(WRONG_PASSWORD);
        assertThat(ask("bob", "nor this")).isEqualTo(WRONG_PASSWORD);
        assertThat(ask("dave", Vectors.HORSE)).isEqualTo(UNKNOWN_USER);
        assertThat(ask("", "")).isEqualTo(UNKNOWN_USER);
        assertThat(ask("alice", "")).isEqualTo(WRONG_PASSWORD);
    }

    @Test
    void checksOnePasswordWhoeverAsksAndNeverOnAnEventLoop() {
        deploy();

        for (String user : List.of("alice", "bob", "carol", "dave")) {
            verified.clear();
            assertThat(ask(user, "wrong")).isInstanceOf(AuthOutcome.Rejected.class);
            assertThat(verified).as(user).hasSize(1);
        }
        assertThat(verified).singleElement().asString().isEqualTo("crypt,apr1,1000");
        assertThat(threads).hasSize(4).allMatch(name -> name.startsWith("socks-gateway-auth"));
    }

    @Test
    void hashesOnceForManyConnectionsOfOneClient() {
        deploy();

        List<Future<AuthOutcome>> logins = IntStream.range(0, 1_500)
                .mapToObj(i -> client.authenticate(request("alice", Vectors.HORSE)))
                .toList();

        assertThat(Await.result(Future.all(logins)).<AuthOutcome>list())
                .containsOnly(accepted("auth.users", "alice", "staff"));
        assertThat(verified).hasSize(1);
    }

    @Test
    void rejectsEverybodyIfThereAreNoUsers() {
        Await.result(vertx.deployVerticle(new AuthVerticle(bus, new AuthConfig(List.of(), List.of()), 5_000)));

        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(UNKNOWN_USER);
    }

    @Test
    void readsChangedFilesByItself() throws IOException {
        try (LogCapture log = LogCapture.open()) {
            deploy();
            Path other = Files.writeString(second.resolveSibling("other"), "[{\"name\":\"dave\",\"password\":\"x\"}]");
            Files.move(other, second, StandardCopyOption.ATOMIC_MOVE);
            log.await("authenticator second has read");

            assertThat(ask("dave", "x")).isEqualTo(accepted("second", "dave"));
            assertThat(ask("carol", Vectors.HORSE)).isEqualTo(UNKNOWN_USER);
        }
    }

    @Test
    void saysWhoIsGoneFromAFileAndWhoHasChanged() throws Exception {
        BlockingQueue<Revocation> revoked = new LinkedBlockingQueue<>();
        BlockingQueue<Revocation> revokedHere = new LinkedBlockingQueue<>();
        bus.<Revocation>hear(BusAddresses.REVOKED, revoked::add);
        bus.<Revocation>hear(BusAddresses.REVOKED_HERE, revokedHere::add);
        deploy();
        Identity carol = new Identity("carol", Set.of("ops")).from("second");
        assertThat(standing(carol)).isEqualTo(Standing.GOOD);

        Path other = Files.writeString(second.resolveSibling("other"), "[{\"name\":\"bob\",\"password\":\"another\"}]");
        Files.move(other, second, StandardCopyOption.ATOMIC_MOVE);

        assertThat(revoked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Revocation("second", Set.of("carol")));
        assertThat(revokedHere.poll(30, TimeUnit.SECONDS)).isEqualTo(new Revocation("second", Set.of("bob")));
        assertThat(standing(carol)).isEqualTo(Standing.GONE);
        assertThat(standing(new Identity("alice", Set.of("staff")).from("auth.users")))
                .isEqualTo(Standing.GOOD);
        assertThat(standing(new Identity("alice", Set.of("staff", "admin")).from("auth.users")))
                .isEqualTo(Standing.CHANGED);
        assertThat(standing(new Identity("alice", Set.of()).from("not configured any more")))
                .isEqualTo(Standing.GONE);
        assertThat(revoked).isEmpty();
        assertThat(revokedHere).isEmpty();
    }

    @Test
    void whoTakesThePlaceOfAnotherSaysWhoOfItsUsersIsGoneOrHasChanged() throws Exception {
        BlockingQueue<Revocation> revoked = new LinkedBlockingQueue<>();
        BlockingQueue<Revocation> revokedHere = new LinkedBlockingQueue<>();
        bus.<Revocation>hear(BusAddresses.REVOKED, revoked::add);
        bus.<Revocation>hear(BusAddresses.REVOKED_HERE, revokedHere::add);
        AuthVerticle before = deploy(bus, config(Vectors.APR1), 10);
        Path other = Files.writeString(second.resolveSibling("other"), "[{\"name\":\"bob\",\"password\":\"another\"}]");
        AuthVerticle after = deploy(bus.generation(1), config("another", other), 10);
        try (LogCapture log = LogCapture.open()) {
            after.succeed(before);
            assertThat(revoked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Revocation("second", Set.of("carol")));
            assertThat(List.of(take(revokedHere), take(revokedHere)))
                    .containsExactlyInAnyOrder(
                            new Revocation("second", Set.of("bob")), new Revocation("auth.users", Set.of("alice")));

            // What is in the file of before concerns nobody any more.
            replace(second, "[{\"name\":\"bob\",\"password\":\"a third\"}]");
            replace(other, "[{\"name\":\"bob\",\"password\":\"a fourth one\"}]");
            assertThat(take(revokedHere)).isEqualTo(new Revocation("second", Set.of("bob")));
            assertThat(log.all()).noneMatch(line -> line.contains(second.toString()));
            assertThat(revoked).isEmpty();
            assertThat(revokedHere).isEmpty();
        }
    }

    /** A file and the configuration may change at once. */
    @Test
    void whoTakesThePlaceOfAnotherKnowsWhatThatOneHasNotReadYet() throws Exception {
        BlockingQueue<Revocation> revokedHere = new LinkedBlockingQueue<>();
        bus.<Revocation>hear(BusAddresses.REVOKED_HERE, revokedHere::add);
        AuthVerticle before = deploy(bus, config(Vectors.APR1), TimeUnit.HOURS.toMillis(1));
        Files.writeString(first, "bob:" + Vectors.BCRYPT + "\nalice:nor this one\n");
        deploy(bus.generation(1), config(Vectors.APR1), 10).succeed(before);
        assertThat(take(revokedHere)).isEqualTo(new Revocation("first", Set.of("alice")));
        assertThat(revokedHere).isEmpty();
    }

    /** At one blow: nobody is to see half of it. */
    private static void replace(Path file, String content) throws IOException {
        Path written = Files.writeString(file.resolveSibling("written"), content);
        Path unused = Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Revocation take(BlockingQueue<Revocation> said) throws InterruptedException {
        Revocation next = said.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private Standing standing(Identity known) {
        return Await.result(client.standing(known));
    }

    /** A directory may have disabled the user behind an answer that is remembered. */
    @Test
    void forgetsWhoWentWell() {
        deploy();
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("auth.users", "alice", "staff"));
        client.forget(new Revocation("first", Set.of("bob")));
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("auth.users", "alice", "staff"));
        assertThat(verified).hasSize(1);
        client.forget(new Revocation(null, Set.of("alice")));
        assertThat(ask("alice", Vectors.HORSE)).isEqualTo(accepted("auth.users", "alice", "staff"));
        assertThat(verified).hasSize(2);
    }

    @Test
    void doesNotStartOnWrongUsersAndSaysAllThatIsWrong() throws IOException {
        Files.writeString(first, "bob\n");
        Files.delete(second);
        AuthConfig config = config("$2y$31$s3cret");

        String message = String.valueOf(Await.failure(vertx.deployVerticle(new AuthVerticle(bus, config, 20_000)))
                .getMessage());

        assertThat(message.lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("auth.users[0]: user alice: malformed bcrypt hash"),
                        line -> assertThat(line).startsWith(first + ":1: malformed line"),
                        line -> assertThat(line).isEqualTo(second + ": there is no such file"));
        assertThat(AuthCheck.of(config).errors())
                .containsExactlyElementsOf(message.lines().toList());
        assertThat(message).doesNotContain("s3cret");
        assertThat(Await.failure(client.authenticate(request("alice", "x")))).isNotNull();
    }

    @Test
    void warnsAboutPlainTextInFiles() {
        assertThat(AuthCheck.of(config("plain")).errors()).isEmpty();
        assertThat(AuthCheck.of(config("plain")).warnings())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(first + ": 1 password(s) in plain text"),
                        line -> assertThat(line).startsWith(second + ": 1 password(s)"));
    }

    @Test
    void logsNoPassword() {
        try (LogCapture log = LogCapture.open()) {
            deploy();
            AuthRequest request = request("alice", Vectors.HORSE);
            AuthOutcome outcome = Await.result(client.authenticate(request));
            assertThat(ask("alice", "wr0ng")).isEqualTo(WRONG_PASSWORD);
            assertThat(ask("dave", "wr0ng")).isEqualTo(UNKNOWN_USER);

            List<String> said = new ArrayList<>(log.all());
            said.add(request.toString());
            said.add(outcome.toString());
            said.add(config("s3cret").toString());
            said.add(new User("nobody", Identity.ANONYMOUS, PasswordHash.parse("s3cret")).toString());
            assertThat(said)
                    .noneMatch(line -> line.contains(Vectors.HORSE)
                            || line.contains("wr0ng")
                            || line.contains("s3cret")
                            || line.contains("not this one")
                            || line.contains("1fi6WmZcKH7"));
        }
    }

    private void deploy() {
        AuthVerticle unused = deploy(bus, config(Vectors.APR1), 10);
    }

    private AuthVerticle deploy(GatewayBus where, AuthConfig config, long refresh) {
        HashingSettings real = HashingSettings.of(30_000);
        HashingSettings counting =
                new HashingSettings(2, real.patience(), real.remember(), real.clock(), (hash, password) -> {
                    verified.add(hash.toString());
                    threads.add(Thread.currentThread().getName());
                    return hash.verify(password);
                });
        AuthVerticle verticle = new AuthVerticle(where, config, 20_000, counting, refresh, null);
        Await.result(vertx.deployVerticle(verticle));
        return verticle;
    }

    private AuthConfig config(String password) {
        return config(password, second);
    }

    private AuthConfig config(String password, Path pathOfSecond) {
        return new AuthConfig(
                List.of(
                        new AuthenticatorConfig.UserFile("first", first),
                        new AuthenticatorConfig.UserFile("second", pathOfSecond)),
                List.of(new AuthConfig.User("alice", new Secret(password), Set.of("staff"))));
    }

    private AuthOutcome ask(String user, String password) {
        return Await.result(client.authenticate(request(user, password)));
    }

    private static AuthRequest request(String user, String password) {
        return new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, password));
    }

    private static AuthOutcome accepted(String source, String user, String... groups) {
        return new AuthOutcome.Accepted(new Identity(user, Set.of(groups)).from(source));
    }
}
