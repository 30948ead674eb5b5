package io.socksgateway.core.quota;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a session is counted for.
 *
 * <p>Immutable.
 *
 * @param user verified name, or null if nobody logged in
 * @param client the client as text, see {@link ClientNetwork}
 * @param claimed name of the quota that the authenticator wants to count the session too, or null
 */
public record QuotaSubject(
        @Nullable String user,
        Set<String> groups,
        String client,
        String listener,
        @Nullable String claimed) {

    public QuotaSubject {
        groups = Set.copyOf(groups);
    }

    /** Without a claim. */
    public QuotaSubject(@Nullable String user, Set<String> groups, String client, String listener) {
        this(user, groups, client, listener, null);
    }
}
