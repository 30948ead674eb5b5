package io.socksgateway.auth.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socksgateway.auth.jars.Offers;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.SqlConfig;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LogCapture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDatabaseIT {

    /** Sooner than anything that is not told how long to wait. */
    private static final Duration LONG = Duration.ofSeconds(9);

    private static TestPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void fill() throws Exception {
        postgres.execute("""
                DELETE FROM users;
                INSERT INTO users VALUES ('alice', '$2y$hash', true), ('bob', NULL, false), ('Zoë Müller', 'x', true);
                INSERT INTO user_groups VALUES ('alice', 'staff'), ('alice', 'ops');
                """);
    }

    @Test
    void findsAUserWithGroups() {
        try (UserDatabase database = TestPostgres.database(postgres.config())) {
            assertThat(database.find("alice"))
                    .isEqualTo(new StoredUser("alice", "$2y$hash", true, Set.of("staff", "ops")));
            assertThat(database.find("bob")).isEqualTo(new StoredUser("bob", null, false, Set.of()));
            assertThat(database.find("Zoë Müller")).isEqualTo(new StoredUser("Zoë Müller", "x", true, Set.of()));
            assertThat(database.find("dave")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "alice'--",
                "alice'; DROP TABLE users; --",
                "%",
                "ALICE",
                "alice ",
                "\\",
                "?",
                "$1"
            })
    void aNameIsNothingButAName(String login) {
        try (UserDatabase database = TestPostgres.database(postgres.config())) {
            assertThat(database.find(login)).isNull();
            assertThat(database.find("alice")).isNotNull();
        }
    }

    @Test
    void callsAUserWhatTheDatabaseDoes() {
        SqlConfig anyCase = postgres.config(
                "SELECT password, name AS \"Name\" FROM users WHERE lower(name) = lower(?) OR name = ?",
                "SELECT group_name FROM user_groups WHERE user_name = ? /* ? */");
        try (UserDatabase database = TestPostgres.database(anyCase)) {
            assertThat(database.find("ALICE"))
                    .isEqualTo(new StoredUser("alice", "$2y$hash", true, Set.of("staff", "ops")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT password, NOT enabled AS disabled FROM users WHERE name = ?",
                "SELECT password, CASE WHEN enabled THEN 1 ELSE 0 END AS ENABLED FROM users WHERE name = ?",
                "SELECT password, CASE WHEN enabled THEN 'true' ELSE 'false' END AS enabled FROM users WHERE name = ?",
                "SELECT password, CASE WHEN enabled THEN true END AS enabled FROM users WHERE name = ?",
                "SELECT password, CASE WHEN enabled THEN false END AS disabled FROM users WHERE name = ?"
            })
    void knowsWhoIsDisabled(String query) {
        try (UserDatabase database = TestPostgres.database(postgres.config(query, null))) {
            assertThat(database.find("alice")).extracting(StoredUser::enabled).isEqualTo(true);
            assertThat(database.find("bob")).extracting(StoredUser::enabled).isEqualTo(false);
        }
    }

    @Test
    void stripsThePaddingOfFixedColumns() {
        SqlConfig padded = postgres.config(
                "SELECT password::char(40), name::char(40) AS name FROM users WHERE name = ?",
                "SELECT group_name::char(20) FROM user_groups WHERE user_name = ?");
        try (UserDatabase database = TestPostgres.database(padded)) {
            assertThat(database.find("alice"))
                    .isEqualTo(new StoredUser("alice", "$2y$hash", true, Set.of("staff", "ops")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT secret FROM users WHERE name = ?",
                "SELECT password FROM nowhere WHERE name = ?",
                "SELECT password FRM users WHERE name = ?",
                "SELECT pg_read_file('/etc/passwd') FROM users WHERE name = ?"
            })
    void saysInItsOwnWordsWhatIsWrongWithAQuery(String query) {
        try (UserDatabase database = TestPostgres.database(postgres.config(query, null))) {
            assertThatThrownBy(() -> database.find("alice"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageStartingWith("the query does not fit it, or may not be made (SQLSTATE 42");
        }
    }

    @Test
    void refusesToChooseBetweenTwoRows() {
        try (UserDatabase database =
                TestPostgres.database(postgres.config("SELECT password FROM users WHERE name <> ?", null))) {
            assertThatThrownBy(() -> database.find("dave")).hasMessage("the query finds several rows for one user");
        }
    }

    @Test
    void saysWhyItCannotLogIn() throws Exception {
        SqlConfig good = postgres.config();
        SqlConfig bad = new SqlConfig(
                "bad",
                good.url(),
                "gateway",
                new Secret("wr0ng"),
                good.query(),
                null,
                1,
                500,
                AuthCacheConfig.NONE,
                TestPostgres.NO_PLUGINS);
        try (LogCapture log = LogCapture.open();
                UserDatabase database = TestPostgres.database(bad)) {
            Eventually.isTrue("it says so if it is asked in time", () -> {
                String message =
                        String.valueOf(catchThrowableOfType(DatabaseException.class, () -> database.find("alice"))
                                .getMessage());
                return message.equals("it refuses the gateway's own login (SQLSTATE 28P01)");
            });
            assertThat(log.all()).noneMatch(line -> line.contains("wr0ng"));
        }
    }

    @Test
    void comesBackWithTheDatabase() throws Exception {
        try (UserDatabase database = TestPostgres.database(postgres.config())) {
            assertThat(database.find("alice")).isNotNull();
            assertThat(postgres.kick()).isPositive();
            assertThat(database.find("alice")).isNotNull();
        }
    }

    @Test
    void startsAndFailsInTimeWhileNobodyListens() {
        assertFails("jdbc:postgresql://127.0.0.1:" + ClosedPort.port() + "/postgres", "no connection (SQLSTATE 08001)");
    }

    @Test
    void waitsForASilentServerForTheTimeoutOnly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertFails("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres", "no connection");
        }
    }

    private static void assertFails(String url, String message) {
        SqlConfig config = new SqlConfig(
                "away",
                url,
                "gateway",
                null,
                SqlConfig.DEFAULT_QUERY,
                null,
                2,
                300,
                AuthCacheConfig.NONE,
                TestPostgres.NO_PLUGINS);
        try (UserDatabase database = TestPostgres.database(config)) {
            long before = System.nanoTime();
            assertThatThrownBy(() -> database.find("alice"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageStartingWith(message);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG);
        }
    }

    @Test
    void doesNotWaitForALockForEver() throws Exception {
        SqlConfig good = postgres.config();
        SqlConfig hasty = new SqlConfig(
                "hasty",
                good.url(),
                good.user(),
                good.password(),
                good.query(),
                null,
                2,
                400,
                AuthCacheConfig.NONE,
                TestPostgres.NO_PLUGINS);
        try (UserDatabase database = TestPostgres.database(hasty)) {
            try (Connection lock = postgres.lockUsers()) {
                assertThatThrownBy(() -> database.find("alice")).isInstanceOf(DatabaseException.class);
                lock.rollback();
            }
            Eventually.isTrue("she is found in time", () -> {
                try {
                    return database.find("alice") != null;
                } catch (DatabaseException late) {
                    return false;
                }
            });
        }
    }

    @Test
    void findsTheDriverOfAUrl() {
        Offers<Driver> offered = new Offers<>(Driver.class, List.of(UserDatabaseIT.class.getClassLoader()));
        assertThat(UserDatabase.driver("jdbc:postgresql://db/x", offered)).isPresent();
        assertThat(UserDatabase.driver("jdbc:nosuch:x", offered)).isEmpty();
        assertThat(UserDatabase.driver("jdbc:postgresql://db/x", new Offers<>(Driver.class, List.of())))
                .isEmpty();
    }

    @Test
    void printsNoPassword() {
        assertThat(new StoredUser("alice", "s3cret", false, Set.of("staff")))
                .asString()
                .isEqualTo("alice (disabled) [staff]");
    }
}
