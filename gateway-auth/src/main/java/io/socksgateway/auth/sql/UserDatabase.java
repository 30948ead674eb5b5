package io.socksgateway.auth.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.socksgateway.auth.jars.Offers;
import io.socksgateway.core.config.SqlConfig;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database with users. It is connected to when somebody asks, so that it may be away when the gateway starts.
 *
 * <p>Thread-safe. Blocks, for about twice the timeout of the configuration at most.
 */
public final class UserDatabase implements AutoCloseable {

    private static final int MAX_GROUPS = 1_000;
    /** The least that the pool accepts, in milliseconds. */
    private static final long SHORTEST_WAIT = 250;

    private static final long IDLE = 60_000;
    private static final long MAX_AGE = 1_800_000;

    private final SqlConfig config;
    private final HikariDataSource pool;

    /** Connects to nothing yet. */
    public UserDatabase(SqlConfig config, Driver driver) {
        this.config = config;
        HikariConfig settings = new HikariConfig();
        settings.setPoolName(config.name());
        settings.setDataSource(new DriverConnections(driver, config));
        settings.setMaximumPoolSize(config.connections());
        settings.setMinimumIdle(0);
        settings.setIdleTimeout(IDLE);
        settings.setMaxLifetime(MAX_AGE);
        settings.setConnectionTimeout(Math.max(SHORTEST_WAIT, config.timeout()));
        settings.setValidationTimeout(Math.max(SHORTEST_WAIT, config.timeout()));
        settings.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(settings);
    }

    /** The driver of a URL, the first of those that are offered. */
    public static Optional<Driver> driver(String url, Offers<Driver> offered) {
        return offered.first(driver -> Drivers.accepts(driver, url));
    }

    /**
     * The user of a login, or null if there is none. Groups are asked for in either case, so that it takes the same time.
     *
     * @throws DatabaseException if the database cannot tell
     */
    public @Nullable StoredUser find(String login) {
        long start = System.nanoTime();
        try {
            return ask(login);
        } catch (SQLException e) {
            boolean quick = System.nanoTime() - start < config.timeout() * 500_000;
            if (!quick || !isStale(e)) {
                throw DatabaseException.of(e);
            }
        }
        try {
            // The database was started again, and nobody had used the connection, nor the others, since.
            pool.getHikariPoolMXBean().softEvictConnections();
            return ask(login);
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        }
    }

    /** Whether the connection is gone: a connection exception, or an intervention of PostgreSQL's operator. */
    private static boolean isStale(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private @Nullable StoredUser ask(String login) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            limit(connection);
            Found found = user(connection, login);
            Set<String> groups = groups(connection, found == null ? login : found.name);
            return found == null ? null : new StoredUser(found.name, found.password, found.enabled, groups);
        }
    }

    private record Found(String name, @Nullable String password, boolean enabled) {}

    /** What a database that has fallen silent is waited for; the pool takes it back with the connection. */
    private void limit(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(config.timeout()));
        } catch (SQLFeatureNotSupportedException e) {
            // An embedded database has no network.
        }
    }

    private @Nullable Found user(Connection connection, String login) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(config.query())) {
            statement.setMaxRows(2);
            try (ResultSet rows = execute(statement, SqlConfig.parameters(config.query()), login)) {
                if (!rows.next()) {
                    return null;
                }
                Columns columns = new Columns(rows);
                Found found = new Found(columns.name(login), columns.password(), columns.enabled());
                if (rows.next()) {
                    throw new DatabaseException("the query finds several rows for one user");
                }
                return found;
            }
        }
    }

    private Set<String> groups(Connection connection, String name) throws SQLException {
        Set<String> groups = new HashSet<>();
        String query = config.groupsQuery();
        if (query == null) {
            return groups;
        }
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setMaxRows(MAX_GROUPS + 1);
            try (ResultSet rows = execute(statement, SqlConfig.parameters(query), name)) {
                while (rows.next()) {
                    String group = rows.getString(1);
                    if (group != null) {
                        groups.add(group.stripTrailing());
                    }
                }
            }
        }
        if (groups.size() > MAX_GROUPS) {
            throw new DatabaseException("a user with more than " + MAX_GROUPS + " groups");
        }
        return groups;
    }

    private ResultSet execute(PreparedStatement statement, int parameters, String name) throws SQLException {
        statement.setQueryTimeout((int) Math.max(1, (config.timeout() + 999) / 1_000));
        for (int i = 1; i <= parameters; i++) {
            statement.setString(i, name);
        }
        return statement.executeQuery();
    }

    @Override
    public void close() {
        pool.close();
    }
}
