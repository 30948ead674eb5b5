package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.auth.ldap.TestDirectory;
import io.socksgateway.auth.sql.TestPostgres;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.HookConfig;
import io.socksgateway.core.config.LdapConfig;
import io.socksgateway.core.config.SqlConfig;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.KeepsSecret;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database, a directory and a service, asked one after the other. */
@KeepsSecret(Vectors.HORSE)
class RemoteSourcesIT {

    private static final AuthOutcome WRONG_PASSWORD = new AuthOutcome.Rejected("wrong password");

    private static TestPostgres postgres;

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final AuthClient client = new AuthClient(bus, 30_000);
    private final Queue<String> verified = new ConcurrentLinkedQueue<>();
    private TestDirectory directory;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        directory = TestDirectory.start();
        postgres.execute("""
                DELETE FROM users;
                INSERT INTO users VALUES ('dora', '%s', true), ('erik', '%s', true), ('fred', '%s', false),
                  ('gerd', 'plain', true), ('hans', NULL, true), ('ivan', '$9$what', true), ('bob', 'other', true);
                INSERT INTO user_groups VALUES ('dora', 'customers'), ('dora', 'beta');
                """.formatted(Vectors.ARGON2ID, Vectors.BCRYPT, Vectors.BCRYPT));
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        directory.close();
    }

    @Test
    void areAskedInTheOrderOfTheConfiguration() {
        deploy(postgres.config(), directory.searching(), service("{\"result\":\"rejected\",\"reason\":\"no guest\"}"));

        assertThat(ask("dora", Vectors.HORSE)).isEqualTo(accepted("customers", "dora", "customers", "beta"));
        assertThat(ask("erik", Vectors.HORSE)).isEqualTo(accepted("customers", "erik"));
        assertThat(ask("erik", "wrong")).isEqualTo(WRONG_PASSWORD);
        assertThat(ask("fred", Vectors.HORSE)).isEqualTo(new AuthOutcome.Rejected("disabled"));
        assertThat(ask("fred", "wrong")).isEqualTo(WRONG_PASSWORD);
        assertThat(ask("gerd", "plain")).isEqualTo(accepted("customers", "gerd"));
        assertThat(ask("hans", "x")).isEqualTo(new AuthOutcome.Rejected("no password"));
        assertThat(ask("alice", TestDirectory.PASSWORD)).isEqualTo(accepted("directory", "alice", "staff", "poets"));
        // Known to the database, so that the directory's password of that name is not right.
        assertThat(ask("bob", "bobs")).isEqualTo(WRONG_PASSWORD);
        assertThat(ask("guest", "x")).isEqualTo(new AuthOutcome.Rejected("no guest"));
        assertThat(ask("guest", "")).isEqualTo(new AuthOutcome.Rejected("empty password"));
    }

    @Test
    void whoeverIsAskedAboutCostsOnePasswordAndWhoIsUnknownOneOfTheUsualKind() {
        deploy(postgres.config(), directory.searching());
        for (String user : List.of("dora", "hans", "nobody")) {
            verified.clear();
            assertThat(ask(user, "wrong")).isInstanceOf(AuthOutcome.Rejected.class);
            assertThat(verified).as(user).singleElement().asString().startsWith("argon2id");
        }
        assertThat(directory.binds()).as("of nobody").hasSize(1);
    }

    @Test
    void aHashThatNobodyUnderstandsIsAFailureThatQuotesNothing() {
        deploy(postgres.config());
        assertThat(failure("ivan", "x"))
                .startsWith("authenticator customers failed: the database: the password of a user: unknown kind")
                .doesNotContain("what");
    }

    @Test
    void aNameThatCannotBeOneIsAFailure() throws Exception {
        deploy(postgres.config(), directory.searching());
        postgres.execute("INSERT INTO user_groups VALUES ('dora', E'a\nb')");

        assertThat(failure("dora", Vectors.HORSE)).contains("the name of a user or group is malformed");
    }

    @Test
    void startWhileAwayAndLetNobodyInUntilTheyAreBack() {
        SqlConfig good = postgres.config();
        SqlConfig away = new SqlConfig(
                "customers",
                "jdbc:postgresql://127.0.0.1:" + ClosedPort.port() + "/x",
                "gateway",
                null,
                good.query(),
                null,
                2,
                300,
                AuthCacheConfig.NONE,
                TestPostgres.NO_PLUGINS);
        try (LogCapture log = LogCapture.open()) {
            deploy(away, directory.searching());
            log.await("authenticator customers is not there yet, and would let nobody in: the database: no connection");
            for (int i = 0; i < 3; i++) {
                assertThat(failure("alice", TestDirectory.PASSWORD)).startsWith("authenticator customers failed: ");
            }
            // The directory would know her: but who knows whether the database does.
            assertThat(directory.binds()).isEmpty();
            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("WARN authenticator customers failed"))
                    .hasSize(1);
        }
    }

    @Test
    void sayHowItStandsWithTheirUsers() throws Exception {
        deploy(postgres.config(), directory.searching(), service("{\"result\":\"accepted\"}"));
        Identity dora = identity("dora", Vectors.HORSE);
        Identity alice = identity("ALICE", TestDirectory.PASSWORD);
        Identity guest = identity("guest", "x");
        assertThat(standings(dora, alice, guest)).containsExactly(Standing.GOOD, Standing.GOOD, Standing.UNTOLD);

        postgres.execute("UPDATE users SET enabled = false WHERE name = 'dora'");
        directory.leaveStaff("alice");
        assertThat(standings(dora, alice)).containsExactly(Standing.GONE, Standing.CHANGED);

        postgres.execute("UPDATE users SET enabled = true WHERE name = 'dora'");
        assertThat(standings(dora)).containsExactly(Standing.GOOD);
        postgres.execute("DELETE FROM user_groups WHERE group_name = 'beta'");
        assertThat(standings(dora)).containsExactly(Standing.CHANGED);
        postgres.execute("DELETE FROM users WHERE name = 'dora'");
        directory.remove("alice");
        assertThat(standings(dora, alice)).containsExactly(Standing.GONE, Standing.GONE);

        directory.stop();
        assertThat(Await.failure(client.standing(alice))).isNotNull();
    }

    /** After a reload others are asked, who have seen none of the logins. */
    @Test
    void sayHowItStandsWithUsersWhomThoseBeforeThemHaveLetIn() throws Exception {
        LdapConfig byNameOrMail = directory.searchingNamesAndAddresses();
        deploy(postgres.config(), byNameOrMail);
        List<Identity> all = List.of(
                identity("dora", Vectors.HORSE),
                identity("erik", Vectors.HORSE),
                identity("alice@example.com", TestDirectory.PASSWORD),
                identity("BOB", "bobs"));
        GatewayBus next = bus.generation(1);
        Await.result(vertx.deployVerticle(new AuthVerticle(next, config(postgres.config(), byNameOrMail), 20_000)));
        AuthClient asker = new AuthClient(next, 30_000);
        assertThat(all).allSatisfy(each -> assertThat(Await.result(asker.standing(each)))
                .as(String.valueOf(each.user()))
                .isEqualTo(Standing.GOOD));

        postgres.execute("DELETE FROM users WHERE name = 'dora'");
        directory.remove("alice");
        directory.remove("bob");
        assertThat(all)
                .extracting(each -> Await.result(asker.standing(each)))
                .containsExactly(Standing.GONE, Standing.GOOD, Standing.CHANGED, Standing.GONE);
    }

    @Test
    void sayThatAUserIsThereWhoHasLostAnotherNameOnly() throws Exception {
        SqlConfig byNameOrMail = postgres.configOfNamesAndAddresses();
        postgres.execute("UPDATE users SET mail = 'dora@example.com' WHERE name = 'dora'");
        deploy(byNameOrMail, directory.searchingNamesAndAddresses());
        Identity dora = identity("dora", Vectors.HORSE);
        Identity doraByMail = identity("dora@example.com", Vectors.HORSE);
        Identity alice = identity("Alice", TestDirectory.PASSWORD);
        Identity aliceByMail = identity("alice@example.com", TestDirectory.PASSWORD);
        assertThat(List.of(doraByMail, aliceByMail)).extracting(Identity::user).containsExactly("dora", "alice");

        directory.set("alice", "mail", "a@example.com");
        postgres.execute("UPDATE users SET mail = 'd@example.com' WHERE name = 'dora'");
        assertThat(standings(dora, doraByMail)).containsExactly(Standing.GOOD, Standing.CHANGED);
        assertThat(standings(alice, aliceByMail)).containsExactly(Standing.GOOD, Standing.CHANGED);

        // There, and not to be let in by any name.
        directory.set("alice", "mail", "alice@example.com");
        directory.set("alice", "pwdAccountLockedTime", "000001010000Z");
        postgres.execute("UPDATE users SET mail = 'dora@example.com', enabled = false WHERE name = 'dora'");
        assertThat(standings(doraByMail, aliceByMail)).containsExactly(Standing.GONE, Standing.GONE);
    }

    @Test
    void logNoPassword() {
        try (LogCapture log = LogCapture.open()) {
            deploy(postgres.config(), directory.searching(), service("{\"result\":\"nonsense\"}"));
            ask("dora", Vectors.HORSE);
            ask("dora", "wr0ng");
            ask("alice", TestDirectory.PASSWORD);
            ask("alice", "wr0ng");
            failure("guest", "wr0ng");
            assertThat(log.all())
                    .noneMatch(line -> line.contains(Vectors.HORSE)
                            || line.contains("wr0ng")
                            || line.contains(TestPostgres.ROLE_PASSWORD)
                            || line.contains(TestDirectory.SERVICE_PASSWORD)
                            || line.contains("1fi6WmZcKH7"));
        }
    }

    @Test
    void whatIsWrongWithThemIsSaidAtTheStart() {
        LdapConfig good = directory.searching();
        LdapConfig bad = new LdapConfig(
                "bad",
                good.servers(),
                false,
                List.of(),
                null,
                new LdapConfig.Search("ou=people,dc", "(uid={user}*", null, null, null),
                null,
                1,
                1_000,
                AuthCacheConfig.NONE);
        SqlConfig noDriver = new SqlConfig(
                "worse",
                "jdbc:nosuch:x",
                null,
                null,
                SqlConfig.DEFAULT_QUERY,
                null,
                1,
                1_000,
                AuthCacheConfig.NONE,
                TestPostgres.NO_PLUGINS);
        AuthConfig config = config(good, bad, noDriver);

        assertThat(AuthCheck.of(config).errors())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("auth.authenticators[1].search.base: malformed DN"),
                        line -> assertThat(line)
                                .startsWith(
                                        "auth.authenticators[2].url: there is no driver for it (expected: its jar in")
                                .endsWith("plugins, which is not there)"));
        assertThat(Await.failure(vertx.deployVerticle(new AuthVerticle(bus, config, 5_000))))
                .hasMessageContaining("auth.authenticators[1].search.base: ")
                .hasMessageContaining("auth.authenticators[2].url: ");
    }

    private HookConfig service(String answer) {
        int port = Await.result(vertx.createHttpServer()
                        .requestHandler(request -> request.response().end(answer))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        return new HookConfig(
                "accounts",
                URI.create("http://127.0.0.1:" + port),
                Map.of(),
                List.of(),
                false,
                4,
                20_000,
                AuthCacheConfig.NONE);
    }

    private static AuthConfig config(AuthenticatorConfig... authenticators) {
        return new AuthConfig(List.of(authenticators), List.of());
    }

    private void deploy(AuthenticatorConfig... authenticators) {
        HashingSettings real = HashingSettings.of(30_000);
        HashingSettings counting =
                new HashingSettings(2, real.patience(), real.remember(), real.clock(), (hash, password) -> {
                    verified.add(hash.toString());
                    return hash.verify(password);
                });
        Await.result(
                vertx.deployVerticle(new AuthVerticle(bus, config(authenticators), 20_000, counting, 1_000, null)));
    }

    private List<Standing> standings(Identity... known) {
        return List.of(known).stream()
                .map(each -> Await.result(client.standing(each)))
                .toList();
    }

    private Identity identity(String user, String password) {
        return ((AuthOutcome.Accepted) ask(user, password)).identity();
    }

    @CanIgnoreReturnValue
    private AuthOutcome ask(String user, String password) {
        return Await.result(client.authenticate(request(user, password)));
    }

    @CanIgnoreReturnValue
    private String failure(String user, String password) {
        return String.valueOf(
                Await.failure(client.authenticate(request(user, password))).getMessage());
    }

    private static AuthRequest request(String user, String password) {
        return new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, password));
    }

    private static AuthOutcome accepted(String source, String user, String... groups) {
        return new AuthOutcome.Accepted(new Identity(user, Set.of(groups)).from(source));
    }
}
