package io.socksgateway.core.quota;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a session is counted for.
 *
 * <p>Immutable.
 *
 * @param user verified name, or null if nobody logged in
 * @param client the client's address as text, without port
 */
public record QuotaSubject(@Nullable String user, Set<String> groups, String client, String listener) {

    public QuotaSubject {
        groups = Set.copyOf(groups);
    }
}
