package io.socksgateway.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Type {@code http} of an authenticator: a service that is sent the credentials as JSON.
 *
 * <p>Immutable.
 *
 * @param headers of every request, by name; most likely secret
 * @param trust certificates in PEM that vouch for the service, or null for those that Java trusts
 * @param concurrency the most requests at a time
 * @param timeout milliseconds for each answer
 */
public record HookConfig(
        String name,
        URI url,
        Map<String, Secret> headers,
        @Nullable Path trust,
        int concurrency,
        long timeout,
        AuthCacheConfig cache)
        implements AuthenticatorConfig {

    public HookConfig {
        headers = Map.copyOf(headers);
    }

    @Override
    public boolean checksPasswords() {
        return true;
    }
}
