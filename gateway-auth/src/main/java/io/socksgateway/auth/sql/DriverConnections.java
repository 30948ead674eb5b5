package io.socksgateway.auth.sql;

import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.SqlConfig;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one driver, which may come from a jar that Java's own list of drivers does not see.
 *
 * <p>Thread-safe. Blocks.
 */
final class DriverConnections implements DataSource {

    private final Driver driver;
    private final String url;
    private final Properties properties;

    DriverConnections(Driver driver, SqlConfig config) {
        this.driver = driver;
        this.url = config.url();
        this.properties = Drivers.limits(config.url(), config.timeout());
        Secret password = config.password();
        if (config.user() != null) {
            properties.setProperty("user", config.user());
        }
        if (password != null) {
            properties.setProperty("password", password.value());
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know its URL any more");
        }
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    /** Nothing: the properties have it. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
