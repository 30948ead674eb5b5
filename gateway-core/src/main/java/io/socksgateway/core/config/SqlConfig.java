package io.socksgateway.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Type {@code sql} of an authenticator: the users of a database.
 *
 * <p>Immutable.
 *
 * @param url of JDBC, without any secret
 * @param query gives the stored hash in its first column; every {@code ?} stands for the name of the login
 * @param groupsQuery gives a group in each row, or null
 * @param connections the most that are open at a time
 * @param timeout milliseconds for each answer
 * @param plugins folder of jars beside the configuration, which need not be there, for a driver
 */
public record SqlConfig(
        String name,
        String url,
        @Nullable String user,
        @Nullable Secret password,
        String query,
        @Nullable String groupsQuery,
        int connections,
        long timeout,
        AuthCacheConfig cache,
        Path plugins)
        implements AuthenticatorConfig {

    public static final String DEFAULT_QUERY = "SELECT password, name, enabled FROM users WHERE name = ?";

    /** How many parameters a query has. */
    public static int parameters(String query) {
        return QueryText.parameters(query);
    }

    @Override
    public boolean checksPasswords() {
        return true;
    }
}
