package io.socksgateway.cluster.usage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * Makes the tables, or brings them up to date. Somebody who may not do so can have done it before, with the statements of the
 * documentation.
 *
 * <p>Thread-safe. Blocks.
 */
final class UsageSchema {

    /** What leads from one version to the next; what is here never changes. */
    private static final List<List<String>> VERSIONS =
            List.of(List.of("""
            CREATE TABLE socks_gateway_usage (
              counter VARCHAR(2000) NOT NULL,
              node UUID NOT NULL,
              ask BIGINT NOT NULL,
              period BIGINT NOT NULL,
              spent BIGINT NOT NULL,
              granted BIGINT NOT NULL,
              PRIMARY KEY (counter, node))""", "CREATE INDEX socks_gateway_usage_period ON socks_gateway_usage (period)"));

    /** What PostgreSQL and H2 say of a table that is not there. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04");

    /** Of PostgreSQL; any number that others hardly use. */
    private static final long LOCK = 0x736f636b73L;

    private volatile boolean done;

    /** What a statement has failed with; if somebody has dropped the tables, they are made again. */
    void failed(SQLException failure) {
        if (NO_TABLE.contains(String.valueOf(failure.getSQLState()))) {
            done = false;
        }
    }

    void migrate(Connection connection) throws SQLException {
        if (done) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (version(connection, statement) < VERSIONS.size()) {
                if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                    // nodes that start together do not trip over each other
                    boolean unused = statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                }
                upgrade(statement);
            }
            connection.commit();
            done = true;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private static void upgrade(Statement statement) throws SQLException {
        boolean unused =
                statement.execute("CREATE TABLE IF NOT EXISTS socks_gateway_schema (version INTEGER PRIMARY KEY)");
        int version = latest(statement);
        for (int next = version; next < VERSIONS.size(); next++) {
            for (String step : VERSIONS.get(next)) {
                unused = statement.execute(step);
            }
            unused = statement.execute("INSERT INTO socks_gateway_schema (version) VALUES (" + (next + 1) + ")");
        }
    }

    private static int version(Connection connection, Statement statement) throws SQLException {
        int version;
        try {
            version = latest(statement);
        } catch (SQLException e) {
            if (!NO_TABLE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            connection.rollback(); // PostgreSQL takes nothing more in a transaction that has failed
            version = 0;
        }
        if (version > VERSIONS.size()) {
            throw new SQLException("the tables are of version %d (expected: at most %d): a newer gateway has used them"
                    .formatted(version, VERSIONS.size()));
        }
        return version;
    }

    private static int latest(Statement statement) throws SQLException {
        try (ResultSet versions =
                statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM socks_gateway_schema")) {
            return versions.next() ? versions.getInt(1) : 0;
        }
    }
}
