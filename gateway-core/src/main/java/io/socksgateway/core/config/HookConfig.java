package io.socksgateway.core.config;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * Type {@code http} of an authenticator: a service that is sent the credentials as JSON.
 *
 * <p>Immutable.
 *
 * @param headers of every request, by name; most likely secret
 * @param trust certificates that vouch for the service; empty for those that Java trusts
 * @param mayRename whether it may accept a user under another name than that of the login
 * @param concurrency the most requests at a time
 * @param timeout milliseconds for each answer
 */
public record HookConfig(
        String name,
        URI url,
        Map<String, Secret> headers,
        List<X509Certificate> trust,
        boolean mayRename,
        int concurrency,
        long timeout,
        AuthCacheConfig cache)
        implements AuthenticatorConfig {

    public HookConfig {
        headers = Map.copyOf(headers);
        trust = List.copyOf(trust);
    }

    @Override
    public boolean checksPasswords() {
        return true;
    }
}
