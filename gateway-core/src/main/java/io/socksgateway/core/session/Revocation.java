package io.socksgateway.core.session;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users who may not be here any more, as one authenticator knows them or whoever does.
 *
 * <p>Immutable.
 *
 * @param source name of the authenticator that they are gone from; null means all of that name, whoever vouches for them
 * @param users their names; null means all that the source has vouched for
 */
public record Revocation(@Nullable String source, @Nullable Set<String> users) {

    public Revocation {
        if (source == null && users == null) {
            throw new IllegalArgumentException("source: null (expected: a name, as users are not named either)");
        }
        users = users == null ? null : Set.copyOf(users);
    }

    /** All whom an authenticator has vouched for. */
    public static Revocation allOf(String source) {
        return new Revocation(source, null);
    }

    /** One user, as the one knows it who has vouched for it. */
    public static Revocation of(Identity identity) {
        String user = identity.user();
        if (user == null) {
            throw new IllegalArgumentException("user: null (expected: a name)");
        }
        return new Revocation(identity.source(), Set.of(user));
    }

    /** Whether it is about users that the authenticator knows. */
    public boolean concernsSource(String authenticator) {
        return source == null || source.equals(authenticator);
    }

    /** Whether it is about users of that name. */
    public boolean concernsUser(String user) {
        return users == null || users.contains(user);
    }

    /** Whether it concerns somebody. */
    public boolean concerns(Identity identity) {
        String user = identity.user();
        return user != null && concernsUser(user) && (source == null || source.equals(identity.source()));
    }
}
