package io.socksgateway.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads authenticators of type {@code sql}.
 *
 * @param secret kind of the password of the database
 * @param plugins folder of jars beside the configuration
 */
record SqlReader(Kind<Secret> secret, Path plugins) {

    private static final int DEFAULT_CONNECTIONS = 8;
    private static final Kind<Integer> CONNECTIONS = new WholeNumber(1, 256);

    @Nullable
    SqlConfig read(String name, Section section) {
        String url = section.required("url", SqlUrl.URL);
        String user = section.optional("user", NameText.NAME);
        Secret password = section.optional("password", secret);
        String query = section.value("query", SqlConfig.DEFAULT_QUERY, QueryText.QUERY);
        String groupsQuery = section.optional("groupsQuery", QueryText.QUERY);
        Integer connections = section.object("pool", pool -> pool.value("size", DEFAULT_CONNECTIONS, CONNECTIONS));
        long timeout = section.value("timeout", "2s", DurationText.POSITIVE);
        AuthCacheConfig cache = AuthCacheConfig.read(section);
        if (section.has("password") && !section.has("user")) {
            section.fail("user", "is missing", "expected: the user of the database that the password is for");
        }
        return url == null || connections == null || cache == null
                ? null
                : new SqlConfig(name, url, user, password, query, groupsQuery, connections, timeout, cache, plugins);
    }
}
