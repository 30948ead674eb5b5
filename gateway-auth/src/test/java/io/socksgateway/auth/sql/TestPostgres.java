package io.socksgateway.auth.sql;

import io.socksgateway.auth.jars.Offers;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.SqlConfig;
import io.socksgateway.testkit.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL with the schema that the documentation proposes, addresses besides, and a role that may only read it. */
public final class TestPostgres implements AutoCloseable {

    public static final String ROLE_PASSWORD = "r0le";

    /** A folder that is not there. */
    public static final Path NO_PLUGINS = Path.of("no", "plugins");

    private static final String GROUPS = "SELECT group_name FROM user_groups WHERE user_name = ?";

    private static final String SCHEMA = """
            CREATE TABLE users (
              name     varchar(255) PRIMARY KEY,
              password varchar(255),
              enabled  boolean NOT NULL DEFAULT true,
              mail     varchar(255));
            CREATE TABLE user_groups (
              user_name  varchar(255) NOT NULL REFERENCES users ON DELETE CASCADE,
              group_name varchar(255) NOT NULL,
              PRIMARY KEY (user_name, group_name));
            CREATE ROLE gateway LOGIN PASSWORD '%s';
            GRANT SELECT ON users, user_groups TO gateway;
            """.formatted(ROLE_PASSWORD);

    private final EmbeddedPostgres server;

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Skips the test where there is no binary of it. */
    public static TestPostgres start() throws IOException, SQLException {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Assumptions.assumeTrue(
                machine.toLowerCase(Locale.ROOT).equals("linux amd64"), "no PostgreSQL to test with for " + machine);
        Path rules = Files.createTempFile("pg_hba", ".conf");
        // The server may run as somebody else than who runs the tests.
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(rules, "host all gateway 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n");
        rules.toFile().deleteOnExit();
        TestPostgres postgres = new TestPostgres(EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "30")
                .setPort(FreePorts.take(1).get(0))
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
        postgres.execute(SCHEMA);
        return postgres;
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    /** Ends all connections of the gateway's role; returns how many there were. */
    public int kick() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'gateway'")) {
            boolean unused = rows.next();
            return rows.getInt(1);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    public int port() {
        return server.getPort();
    }

    /** Holds every query about users up until the transaction ends. */
    Connection lockUsers() throws SQLException {
        Connection connection = server.getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    /** With the queries of the documentation. */
    public SqlConfig config() {
        return config(SqlConfig.DEFAULT_QUERY, GROUPS);
    }

    /** The same, also by their addresses. */
    public SqlConfig configOfNamesAndAddresses() {
        return config("SELECT password, name, enabled FROM users WHERE ? IN (name, mail)", GROUPS);
    }

    SqlConfig config(String query, @Nullable String groupsQuery) {
        return config(url(), query, groupsQuery);
    }

    static SqlConfig config(String url, String query, @Nullable String groupsQuery) {
        return new SqlConfig(
                "customers",
                url,
                "gateway",
                new Secret(ROLE_PASSWORD),
                query,
                groupsQuery,
                4,
                20_000,
                AuthCacheConfig.NONE,
                NO_PLUGINS);
    }

    static UserDatabase database(SqlConfig config) {
        Offers<Driver> offered = new Offers<>(Driver.class, List.of(TestPostgres.class.getClassLoader()));
        return new UserDatabase(
                config, UserDatabase.driver(config.url(), offered).orElseThrow());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
