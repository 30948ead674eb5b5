package io.socksgateway.cluster.usage;

import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.StoreConfig;
import io.socksgateway.testkit.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL with a role that needs a password. */
public final class TestPostgres implements AutoCloseable {

    private static final String PASSWORD = "k33per";

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
        // the server may run as somebody else than who runs the tests
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(rules, "host all gateway 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n");
        rules.toFile().deleteOnExit();
        TestPostgres postgres = new TestPostgres(EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .setServerConfig("fsync", "off")
                .setPort(FreePorts.take(1).get(0))
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
        postgres.execute("CREATE ROLE gateway LOGIN PASSWORD '" + PASSWORD + "'");
        postgres.execute("GRANT CREATE ON SCHEMA public TO gateway");
        return postgres;
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    /** Holds up everybody who reads or writes a table, until it is closed. */
    Connection lock(String table) throws SQLException {
        Connection connection = server.getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    public StoreConfig config() {
        return config(PASSWORD);
    }

    public StoreConfig config(String password) {
        return new StoreConfig(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "gateway", new Secret(password));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
