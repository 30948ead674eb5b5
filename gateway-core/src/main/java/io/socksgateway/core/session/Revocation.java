package io.socksgateway.core.session;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users who may not be here any more, as one authenticator knows them or whoever does.
 *
 * <p>Immutable.
 *
 * @param source name of the authenticator that they are gone from; null means all of that name, whoever vouches for them
 */
public record Revocation(@Nullable String source, Set<String> users) {

    public Revocation {
        users = Set.copyOf(users);
    }

    /** Whether it concerns somebody. */
    public boolean concerns(Identity identity) {
        String user = identity.user();
        return user != null && users.contains(user) && (source == null || source.equals(identity.source()));
    }
}
